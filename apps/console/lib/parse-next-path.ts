/**
 * Where to go after login: the wanted path if it stays in the console, else the overview.
 * Absolute and protocol-relative addresses are refused, so a crafted link cannot lead elsewhere.
 */
export function parseNextPath(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith("/")) return "/";
  const base = "http://console.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : undefined;
  if (url === undefined || url.origin !== base || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
