import type { IncomingMessage } from "node:http";

const nothing = Buffer.alloc(0);

/**
 * The body of a request that came with its head, as small ones do: it needs no listeners, no promise and no watch. Null where
 * there is more to do: it has not come yet, is compressed or larger than `maxBytes`.
 */
export function readArrivedBody(incoming: IncomingMessage, maxBytes: number): Uint8Array | null {
  const isAllThere = incoming.complete && !incoming.destroyed && incoming.readableFlowing === null;
  if (!isAllThere || incoming.readableLength > maxBytes || incoming.headers["content-encoding"] !== undefined)
    return null;
  const bytes: Buffer | null = incoming.read();
  return bytes ?? nothing;
}
