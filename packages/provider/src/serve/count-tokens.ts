import { setImmediate } from "node:timers/promises";
import { type ErrorCode, GatewayError } from "@copilot-llm/model";
import { countsUpstream, countTokensHere } from "@copilot-llm/protocols";
import type { Admitted } from "./admit-request.js";
import type { RecordRequest } from "./record-request.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeAnswer } from "./serve-call.js";

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
 * latter serves too while no token can, because counting costs nothing. Rejects with what is wrong with the request.
 */
export type CountTokens = (
  admitted: Admitted,
  trace: RequestTrace,
  askUpstream: () => Promise<ServeAnswer>,
) => Promise<ServeAnswer>;

export function createCountTokens({ record }: { readonly record: RecordRequest }): CountTokens {
  const countHere = async ({ call, peek, model }: Admitted, trace: RequestTrace): Promise<ServeAnswer> => {
    const body = await countTokensHere(call.protocol, peek.body, model, () => setImmediate());
    const status = 200;
    await record(trace, { outcome: "completed", status, error: null, usage: null, response: body });
    return { status, headers: { "content-type": "application/json" }, body, error: null, trace };
  };

  return async (admitted, trace, askUpstream) => {
    if (!countsUpstream(admitted.call.protocol, admitted.model)) return await countHere(admitted, trace);
    try {
      return await askUpstream();
    } catch (error) {
      const refusal = GatewayError.from(error);
      if (!countableErrors.has(refusal.code)) throw refusal;
      return await countHere(admitted, trace);
    }
  };
}
