import type { RefusedByRule } from "../rules/find-refusal.js";
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

/** Sends a rule's refusal and notes the rule in the request log. */
export function sendRuleRefusal(
  exchange: Exchange,
  { rule, refusal }: RefusedByRule,
  headers: Readonly<Record<string, string>> = {},
): void {
  exchange.note(`rule:${rule}`);
  sendRefusal(exchange, refusal, headers);
}
