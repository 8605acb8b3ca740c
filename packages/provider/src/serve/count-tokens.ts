import { setImmediate } from "node:timers/promises";
import { type CatalogueModel, type ErrorCode, GatewayError } from "@copilot-llm/model";
import { countsUpstream, countTokensHere, type RequestPeek } from "@copilot-llm/protocols";
import { recordRequest } from "./record-request.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeAnswer } from "./serve-call.js";
import type { ServeOptions } from "./serve-options.js";

/** Errors that tell of the pool or the upstream, not of the request: it can be counted all the same. */
const countableErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "no_token_available",
  "quota_exceeded",
  "unavailable",
  "upstream_error",
  "upstream_rate_limited",
  "upstream_timeout",
]);

/**
 * Answers `count_tokens`: with the upstream's own count where it makes one for the model, else with one made here. The
 * latter serves too while no token can, because counting costs nothing. Throws what is wrong with the request.
 */
export async function countTokens(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
  askUpstream: () => Promise<ServeAnswer>,
): Promise<ServeAnswer> {
  if (!countsUpstream(trace.call.protocol, model)) return await countHere(options, trace, peek, model);
  try {
    return await askUpstream();
  } catch (error) {
    const refusal = GatewayError.from(error);
    if (!countableErrors.has(refusal.code)) throw refusal;
    return await countHere(options, trace, peek, model);
  }
}

async function countHere(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<ServeAnswer> {
  const body = await countTokensHere(trace.call.protocol, peek.body, model, () => setImmediate());
  const status = 200;
  await recordRequest(options, trace, { outcome: "completed", status, error: null, usage: null, response: body });
  return { status, headers: { "content-type": "application/json" }, body, error: null, trace };
}
