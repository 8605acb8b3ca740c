import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { CidrList } from "../env/cidr-list.js";

/**
 * The client's address: the nearest one that is no trusted proxy, read from `X-Forwarded-For` right to left, without the
 * port that some proxies put behind it. What is no address ends the reading: of what stands before it nothing is known.
 */
export function clientAddress(incoming: IncomingMessage, trusted: CidrList): string | null {
  let address = incoming.socket.remoteAddress ?? null;
  const forwarded = headerList(incoming.headers["x-forwarded-for"]);
  for (let index = forwarded.length - 1; index >= 0; index--) {
    if (address === null || !trusted.has(address)) break;
    const next = parseAddress(forwarded[index] ?? "");
    if (next === null) break;
    address = next;
  }
  return address;
}

/** `1.2.3.4`, `1.2.3.4:5678`, `::1`, `[::1]` or `[::1]:80` without brackets and port; null for anything else. */
function parseAddress(entry: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  return isIP(bare) === 0 ? null : bare;
}

/** Whether the client came by https, as far as a trusted proxy says. */
export function isSecure(incoming: IncomingMessage, trusted: CidrList): boolean {
  const protocol = incoming.headers["x-forwarded-proto"];
  const peer = incoming.socket.remoteAddress;
  // Looking up a network costs far more than a header that is not there.
  if (protocol === undefined || peer === undefined || !trusted.has(peer)) return false;
  return headerList(protocol).at(-1) === "https";
}

function headerList(value: string | string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  const text = Array.isArray(value) ? value.join(",") : value;
  return text.split(",").map((entry) => entry.trim());
}
