import type { RequestInit, Response } from "undici";

/**
 * `fetch`, as undici has it today. Node 20's own (undici 6.24) never settles when the first connection of the process is
 * closed as soon as it is open, and a command that waits for it would end without a word.
 */
export async function fetchAnswer(url: string, init?: RequestInit): Promise<Response> {
  const { fetch } = await import("undici");
  return fetch(url, init);
}
