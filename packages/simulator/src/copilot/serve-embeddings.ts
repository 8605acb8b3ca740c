import { createHash } from "node:crypto";
import { applyQuotaReset, quotaHeaders } from "../accounts/quota.js";
import { countTextTokens } from "../billing/measure-prompt.js";
import { openCharge } from "../billing/open-charge.js";
import { applyFault } from "../http/apply-fault.js";
import type { Exchange } from "../http/exchange.js";
import { sendRuleRefusal } from "../http/send-refusal.js";
import { numberOf } from "../json-value.js";
import { billingRules } from "../rules/billing-rules.js";
import { embeddingsRules } from "../rules/embeddings-rules.js";
import { findRefusal } from "../rules/find-refusal.js";
import type { SimulatorState } from "../simulator-state.js";
import { admitCall } from "./admit-call.js";
import { sendWhole } from "./send-whole.js";

const defaultDimensions = 1536;

/** Answers `POST /embeddings`; the vectors follow from the texts alone. */
export async function serveEmbeddings(exchange: Exchange, state: SimulatorState): Promise<void> {
  const admitted = admitCall(exchange, state, "/embeddings");
  const fault = await applyFault(exchange, state, "inference", admitted.account, admitted.modelId);
  if (fault.handled) return;
  if (admitted.refusal !== undefined) {
    sendRuleRefusal(exchange, admitted.refusal);
    return;
  }
  const { account, model, body } = admitted;
  const refused = findRefusal(embeddingsRules, { body, model });
  if (refused !== undefined) {
    sendRuleRefusal(exchange, refused);
    return;
  }
  const inputs = Array.isArray(body.input) ? body.input.map(String) : [];
  applyQuotaReset(account, state.clock.nowMs());
  const initiator = exchange.header("x-initiator") === "agent" ? "agent" : "user";
  const nowMs = state.clock.nowMs();
  const noQuota = findRefusal(billingRules, { account, model, initiator, nowMs });
  if (noQuota !== undefined) {
    sendRuleRefusal(exchange, noQuota, quotaHeaders(account, nowMs));
    return;
  }
  const tokens = inputs.reduce((sum, input) => sum + countTextTokens(input), 0);
  const charge = openCharge({
    ledger: state.ledger,
    nowMs: state.clock.nowMs(),
    requestId: exchange.record.id,
    endpoint: "/embeddings",
    account,
    model,
    initiator,
    prompt: { uncached: tokens, cacheRead: 0, cacheWrite: 0 },
    outputTokens: 0,
    reasoningTokens: 0,
  });
  const isCut = fault.delivery?.kind === "cut";
  charge.settle(isCut ? "failed" : "completed", 1, !isCut);
  const dimensions = numberOf(body.dimensions) ?? defaultDimensions;
  const value = {
    object: "list",
    data: inputs.map((input, index) => ({ object: "embedding", index, embedding: embed(input, dimensions) })),
    model: model.id,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
    ...(charge.copilotUsage === undefined ? {} : { copilot_usage: charge.copilotUsage }),
  };
  await sendWhole(exchange, value, quotaHeaders(account, state.clock.nowMs()), fault.delivery);
}

/** A unit vector derived from the text's hash. */
function embed(text: string, dimensions: number): number[] {
  const seed = createHash("sha256").update(text).digest();
  const raw = Array.from({ length: dimensions }, (_, index) => Math.sin((seed[index % 32] ?? 0) + index + 1));
  const length = Math.hypot(...raw) || 1;
  return raw.map((value) => Math.fround(value / length));
}
