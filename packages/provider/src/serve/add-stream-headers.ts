/** Of a stream that nothing on the way may hold back. */
export function addStreamHeaders(
  headers: Record<string, string>,
  contentType = "text/event-stream; charset=utf-8",
): Record<string, string> {
  headers["content-type"] = contentType;
  headers["cache-control"] = "no-cache";
  headers["x-accel-buffering"] = "no";
  return headers;
}
