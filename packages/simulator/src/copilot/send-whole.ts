import type { Delivery } from "../faults/fault-effect.js";
import type { Exchange } from "../http/exchange.js";
import type { JsonObject } from "../json-value.js";
import { writeFiller, writePieces } from "./write-pieces.js";

/** Sends a whole answer, in the way that a fault wants it to arrive. */
export async function sendWhole(
  exchange: Exchange,
  value: JsonObject,
  headers: Record<string, string>,
  delivery: Delivery | undefined,
): Promise<void> {
  if (delivery === undefined) {
    exchange.sendJson(200, value, headers);
    return;
  }
  const text = JSON.stringify(value);
  const begin = (length: number): void =>
    exchange.begin(200, {
      ...headers,
      "content-type": "application/json; charset=utf-8",
      "content-length": String(length),
    });
  switch (delivery.kind) {
    case "slow-bytes":
      begin(Buffer.byteLength(text));
      await writePieces(exchange, text, 1, delivery.intervalMs);
      exchange.end();
      return;
    case "cut":
      begin(Buffer.byteLength(text));
      await exchange.write(text.slice(0, Math.floor(text.length / 2)));
      exchange.cut(false);
      return;
    case "long-line": {
      const head = '{"filler":"';
      const rest = Buffer.from(`",${text.slice(1)}`);
      begin(head.length + delivery.bytes + rest.length);
      await exchange.write(head, true);
      await writeFiller(exchange, delivery.bytes);
      await exchange.write(rest);
      exchange.end();
    }
  }
}
