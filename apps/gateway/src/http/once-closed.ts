import type { ServerResponse } from "node:http";

/**
 * Calls back when the answer has closed, whole or not: at once where it has already. Whoever comes late, such as after
 * a sign-in was looked up, would wait for a `close` that is not told twice.
 */
export function onceClosed(outgoing: ServerResponse, listener: () => void): void {
  if (outgoing.destroyed) listener();
  else outgoing.once("close", listener);
}
