import { type CatalogueModel, GatewayError } from "@copilot-llm/model";
import type { RequestPeek } from "@copilot-llm/protocols";
import { estimateCharges, limitClaims, refusal } from "@copilot-llm/quota";
import { keyOf } from "../principal.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeOptions } from "./serve-options.js";

/**
 * Takes the request's estimate from the key's budgets, all or nothing. Throws `limit_exceeded` when one has no room,
 * `unavailable` while requests cannot be recorded, unless they are to be served all the same. A key without limits
 * reserves nothing. How the budgets stand is noted in the trace, whether there was room or not.
 */
export async function reserveLimits(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<void> {
  const health = options.stores.health();
  if (!health.ok && !options.servesUnrecorded) {
    throw new GatewayError("unavailable", "The gateway cannot record requests at the moment.", {
      cause: health.reason,
    });
  }
  const key = keyOf(trace.call.principal);
  if (key === null || trace.call.operation === "count_tokens") return;
  const claims = limitClaims(key);
  if (claims.length === 0) return;
  const result = await options.stores.ledger.reserve({
    id: trace.call.requestId,
    keyId: key.id,
    atMs: trace.startedAtMs,
    amounts: estimateCharges({
      models: options.pool.billedModels(model.id, trace.onlyTokenIds),
      initiator: peek.initiator,
      promptBytes: trace.call.body.length,
      maxOutputTokens: peek.maxOutputTokens,
    }),
    claims,
  });
  trace.limitUsage = result.usage;
  if (!result.granted) throw refusal(result.refused, key, options.clock.nowMs());
}
