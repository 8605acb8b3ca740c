import type { Refusal } from "../wires/refusal.js";
import type { Exchange } from "./exchange.js";

/** Sends a refusal with its own content type. */
export function sendRefusal(
  exchange: Exchange,
  refusal: Refusal,
  headers: Readonly<Record<string, string>> = {},
): void {
  exchange.sendText(refusal.status, refusal.body, {
    ...headers,
    ...refusal.headers,
    "content-type": refusal.contentType,
  });
}
