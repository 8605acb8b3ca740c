/** Whether the address is good on the gateway's own machine only. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}

/** Whether a key would cross a network unencrypted. */
export function isPlainHttp(origin: string): boolean {
  return new URL(origin).protocol === "http:" && !isLoopback(origin);
}
