const encoder = new TextEncoder();

/** One event as bytes. An empty `event` writes no event line; line breaks in `data` become several data lines. */
export function encodeSseEvent(event: string, data: string): Uint8Array {
  return encoder.encode(formatSseEvent(event, data));
}

/** As `encodeSseEvent`, as text: several events are joined before they are encoded once. */
export function formatSseEvent(event: string, data: string): string {
  const lines = /[\r\n]/.test(data) ? data.split(/\r\n|\r|\n/).join("\ndata: ") : data;
  return event === "" ? `data: ${lines}\n\n` : `event: ${event}\ndata: ${lines}\n\n`;
}

/** What readers of a stream pass over. */
export function formatSseComment(text: string): string {
  return `: ${text}\n\n`;
}
