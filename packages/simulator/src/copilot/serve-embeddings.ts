import { createHash } from "node:crypto";
import { applyQuotaReset, quotaHeaders } from "../accounts/quota.js";
import { countTextTokens } from "../billing/measure-prompt.js";
import { openCharge } from "../billing/open-charge.js";
import { applyFault } from "../http/apply-fault.js";
import type { Exchange } from "../http/exchange.js";
import { sendRefusal } from "../http/send-refusal.js";
import { type JsonObject, numberOf } from "../json-value.js";
import type { SimulatorState } from "../simulator-state.js";
import { createServiceError, createTextError, type Refusal } from "../wires/refusal.js";
import { admitCall } from "./admit-call.js";
import { quotaRefusal } from "./quota-refusal.js";

const defaultDimensions = 1536;
const maximumInputs = 512;

/** Answers `POST /embeddings`: only lists of texts, at most 512; the vectors follow from the text alone. */
export async function serveEmbeddings(exchange: Exchange, state: SimulatorState): Promise<void> {
  const admitted = admitCall(exchange, state, "/embeddings");
  const fault = await applyFault(exchange, state, "inference", admitted.account, admitted.modelId);
  if (fault.handled) return;
  if (admitted.refusal !== undefined) {
    exchange.note(`rule:${admitted.refusal.rule}`);
    sendRefusal(exchange, admitted.refusal.refusal);
    return;
  }
  const { account, model, body } = admitted;
  const inputs = readInputs(body);
  if (!Array.isArray(inputs)) {
    exchange.note("rule:embeddings-input");
    sendRefusal(exchange, inputs);
    return;
  }
  applyQuotaReset(account, state.clock.nowMs());
  const initiator = exchange.header("x-initiator") === "agent" ? "agent" : "user";
  const noQuota = quotaRefusal(account, model, initiator, state.clock.nowMs());
  if (noQuota !== undefined) {
    sendRefusal(exchange, noQuota, quotaHeaders(account, state.clock.nowMs()));
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
  charge.settle("completed", 1, true);
  const dimensions = numberOf(body.dimensions) ?? defaultDimensions;
  const value = {
    object: "list",
    data: inputs.map((input, index) => ({ object: "embedding", index, embedding: embed(input, dimensions) })),
    model: model.id,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
    ...(charge.copilotUsage === undefined ? {} : { copilot_usage: charge.copilotUsage }),
  };
  exchange.sendJson(200, value, quotaHeaders(account, state.clock.nowMs()));
}

function readInputs(body: JsonObject): string[] | Refusal {
  const { input } = body;
  if (!Array.isArray(input) || input.length === 0 || !input.every((text) => typeof text === "string")) {
    return createTextError(400, "Bad Request\n");
  }
  if (input.length > maximumInputs) {
    return createServiceError(400, `at most ${maximumInputs} inputs are allowed`, "invalid_request_body");
  }
  return input;
}

/** A unit vector derived from the text's hash. */
function embed(text: string, dimensions: number): number[] {
  const seed = createHash("sha256").update(text).digest();
  const raw = Array.from({ length: dimensions }, (_, index) => Math.sin((seed[index % 32] ?? 0) + index + 1));
  const length = Math.hypot(...raw) || 1;
  return raw.map((value) => Math.fround(value / length));
}
