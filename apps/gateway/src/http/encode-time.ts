/** As our own JSON tells times: ISO 8601, UTC. */
export function encodeTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

export function encodeNullableTime(atMs: number | null): string | null {
  return atMs === null ? null : encodeTime(atMs);
}
