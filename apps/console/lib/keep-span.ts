/** Pages about the same requests: the span that is chosen on one holds on the others. */
const watchPaths: readonly string[] = ["/", "/usage/", "/sessions/"];
const spanNames = ["range", "from", "to", "tz"] as const;

/** A page's path with the span of the page one comes from, where both are about requests. */
export function keepSpan(path: string, from: Readonly<{ pathname: string; search: string }>): string {
  const fromPath = from.pathname.replace(/\/?$/u, "/");
  if (path === fromPath || !watchPaths.includes(path) || !watchPaths.includes(fromPath)) return path;
  const given = new URLSearchParams(from.search);
  const kept = new URLSearchParams(
    spanNames.flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return kept.size === 0 ? path : `${path}?${kept}`;
}
