import { nanoAiuPerCredit, type RequestRecord, type TokenUsage } from "@copilot-llm/model";
import { Counter, Histogram, type Registry } from "prom-client";
import type { OptionalLabel } from "../../env/metric-labels.js";
import { LabelGuard } from "./label-guard.js";

/** From an answer out of a cache to the longest reasoning. */
const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];
const firstTokenBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128];
/** Of keys and tokens, where these are asked for: more than a gateway has, and few enough for Prometheus. */
const maxIds = 2_000;
/** In place of a model, key or token, for requests that never got as far as one. */
const none = "none";

const usageFields = {
  input: "inputTokens",
  output: "outputTokens",
  cache_read: "cacheReadTokens",
  cache_write: "cacheWriteTokens",
  reasoning: "reasoningTokens",
} as const satisfies Readonly<Record<string, keyof TokenUsage>>;
const usageTypes = Object.keys(usageFields) as (keyof typeof usageFields)[];

export type ObserveRequest = (record: RequestRecord) => void;

/**
 * What requests to models come to, told once at the end of each. Models are named as the catalogue names them, keys and
 * tokens by their ids and only where `labels` asks for them.
 */
export function createRequestMetrics(registry: Registry, labels: ReadonlySet<OptionalLabel>): ObserveRequest {
  const registers = [registry];
  const requests = new Counter({
    name: "copilot_llm_requests_total",
    help: "Requests to models that have ended, by the model that served and by how they ended.",
    labelNames: ["model", "protocol", "outcome"],
    registers,
  });
  const errors = new Counter({
    name: "copilot_llm_request_errors_total",
    help: "Requests to models that ended in an error, by the error's code.",
    labelNames: ["model", "code"],
    registers,
  });
  const duration = new Histogram({
    name: "copilot_llm_request_duration_seconds",
    help: "From the request's last byte to the end of its answer.",
    labelNames: ["model", "stream"],
    buckets: durationBuckets,
    registers,
  });
  const firstToken = new Histogram({
    name: "copilot_llm_time_to_first_token_seconds",
    help: "From the request's last byte to the first token of its answer; to the whole answer where it is no stream.",
    labelNames: ["model"],
    buckets: firstTokenBuckets,
    registers,
  });
  const tokens = new Counter({
    name: "copilot_llm_model_tokens_total",
    help: "Tokens of models. Those of caches are among the input, those of reasoning among the output.",
    labelNames: ["model", "type"],
    registers,
  });
  const credits = new Counter({
    name: "copilot_llm_credits_total",
    help: "AI credits that requests cost.",
    labelNames: ["model"],
    registers,
  });
  const premiumRequests = new Counter({
    name: "copilot_llm_premium_requests_total",
    help: "Premium requests that requests cost: the sum of the models' multipliers.",
    labelNames: ["model"],
    registers,
  });
  const attempts = new Counter({
    name: "copilot_llm_attempts_total",
    help: "Requests sent to GitHub Copilot, failed ones included, by what came of them.",
    labelNames: ["result"],
    registers,
  });
  const more = [
    ...(labels.has("key") ? [createKeyMetrics(registry)] : []),
    ...(labels.has("token") ? [createTokenMetrics(registry)] : []),
  ];

  return function observeRequest(record) {
    const model = record.modelUsed ?? none;
    requests.inc({ model, protocol: record.protocol, outcome: record.outcome });
    if (record.errorCode !== null) errors.inc({ model, code: record.errorCode });
    duration.observe({ model, stream: String(record.stream) }, record.durationMs / 1_000);
    if (record.timeToFirstTokenMs !== null) firstToken.observe({ model }, record.timeToFirstTokenMs / 1_000);
    for (const type of usageTypes) {
      const count = record.usage?.[usageFields[type]] ?? 0;
      if (count > 0) tokens.inc({ model, type }, count);
    }
    if (record.nanoAiu !== null && record.nanoAiu > 0) credits.inc({ model }, record.nanoAiu / nanoAiuPerCredit);
    if (record.premiumUnits > 0) premiumRequests.inc({ model }, record.premiumUnits);
    for (const attempt of record.attempts) attempts.inc({ result: resultOf(attempt) });
    for (const observe of more) observe(record);
  };
}

function createKeyMetrics(registry: Registry): ObserveRequest {
  const registers = [registry];
  const guard = new LabelGuard(maxIds);
  const requests = new Counter({
    name: "copilot_llm_key_requests_total",
    help: "Requests to models that have ended, by the id of the key; none: by the legacy key or a console session.",
    labelNames: ["key", "outcome"],
    registers,
  });
  const tokens = new Counter({
    name: "copilot_llm_key_tokens_total",
    help: "Input and output tokens of models, by the id of the key.",
    labelNames: ["key"],
    registers,
  });
  const credits = new Counter({
    name: "copilot_llm_key_credits_total",
    help: "AI credits that requests cost, by the id of the key.",
    labelNames: ["key"],
    registers,
  });
  return ({ keyId, outcome, usage, nanoAiu }) => {
    const key = guard.pass(keyId ?? none);
    requests.inc({ key, outcome });
    if (usage !== null) tokens.inc({ key }, usage.inputTokens + usage.outputTokens);
    if (nanoAiu !== null && nanoAiu > 0) credits.inc({ key }, nanoAiu / nanoAiuPerCredit);
  };
}

function createTokenMetrics(registry: Registry): ObserveRequest {
  const guard = new LabelGuard(maxIds);
  const attempts = new Counter({
    name: "copilot_llm_github_token_attempts_total",
    help: "Requests sent to GitHub Copilot, failed ones included, by the id of the GitHub token.",
    labelNames: ["token", "result"],
    registers: [registry],
  });
  return (record) => {
    for (const attempt of record.attempts) {
      attempts.inc({ token: guard.pass(attempt.tokenId), result: resultOf(attempt) });
    }
  };
}

/** `ok`, the kind of failure, or `abandoned` where the client hung up first. */
function resultOf({ status, failure }: RequestRecord["attempts"][number]): string {
  return failure ?? (status === null ? "abandoned" : "ok");
}
