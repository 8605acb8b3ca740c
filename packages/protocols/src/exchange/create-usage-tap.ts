import type { Protocol, Wire } from "@copilot-llm/model";
import { createJsonTap } from "./json-tap.js";
import { protocolOf } from "./protocols.js";
import { createStreamTap } from "./stream-tap.js";
import type { StreamTap, UsageTap } from "./usage-tap.js";

/**
 * `stream` looks only into events that can matter and needs no memory beyond an unfinished line; `json` keeps the body
 * and reads it at `finish`. Without `stream_options.include_usage` a Chat stream reports no usage: `tokens` is null.
 */
export function createUsageTap(wire: Wire, format: "stream"): StreamTap;
export function createUsageTap(protocol: Protocol, format: "stream" | "json"): UsageTap;
export function createUsageTap(protocol: Protocol, format: "stream" | "json"): UsageTap {
  const definition = protocolOf(protocol);
  return format === "stream" && definition.kind === "conversation"
    ? createStreamTap(definition)
    : createJsonTap(definition);
}
