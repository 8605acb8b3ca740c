import { findNarrowing, narrowingNames } from "./narrowing";

/** Pages about the same requests: the span and the filters that are chosen on one hold on the others. */
const watchPaths: readonly string[] = ["/", "/usage/", "/sessions/"];
const spanNames = ["range", "from", "to", "tz"] as const;

/**
 * A page's path with the span and the filters of the page one comes from, where both are about requests. Statistics
 * take one filter, so only the first of several goes there.
 */
export function keepScope(path: string, from: Readonly<{ pathname: string; search: string }>): string {
  const fromPath = from.pathname.replace(/\/?$/u, "/");
  if (path === fromPath || !watchPaths.includes(path) || !watchPaths.includes(fromPath)) return path;
  const given = new URLSearchParams(from.search);
  const narrowing = findNarrowing((name) => given.get(name));
  const filterNames = path === "/sessions/" ? narrowingNames : narrowing === null ? [] : [narrowing.dimension];
  const kept = new URLSearchParams(
    [...spanNames, ...filterNames].flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return kept.size === 0 ? path : `${path}?${kept}`;
}
