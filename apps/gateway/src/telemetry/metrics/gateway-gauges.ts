import { premiumBucket } from "@copilot-llm/model";
import type { BatchRunnerReading, ProviderStatus, TokenInsight } from "@copilot-llm/provider";
import { Counter, Gauge, type Registry } from "prom-client";
import type { OptionalLabel } from "../../env/metric-labels.js";

/** How the gateway stands when it is asked. */
export interface GatewayReading {
  readonly status: ProviderStatus;
  /** By token id. */
  readonly insights: ReadonlyMap<string, TokenInsight>;
  readonly batches: BatchRunnerReading;
}

export type SetGauges = (reading: GatewayReading) => void;

/** States and levels, read when Prometheus asks: between its questions they cost nothing. */
export function createGatewayGauges(registry: Registry, labels: ReadonlySet<OptionalLabel>): SetGauges {
  const registers = [registry];
  const ready = new Gauge({
    name: "copilot_llm_ready",
    help: "1 while a GitHub token can serve and records can be written.",
    registers,
  });
  const storeUp = new Gauge({ name: "copilot_llm_store_up", help: "1 while records can be written.", registers });
  const tokens = new Gauge({
    name: "copilot_llm_github_tokens",
    help: "GitHub tokens in the pool, by state.",
    labelNames: ["state"],
    registers,
  });
  const running = new Gauge({
    name: "copilot_llm_requests_running",
    help: "Requests under way on GitHub tokens.",
    registers,
  });
  const waiting = new Gauge({
    name: "copilot_llm_requests_waiting",
    help: "Requests that wait for a place on a GitHub token.",
    registers,
  });
  const runtimeRestarts = new Counter({
    name: "copilot_llm_runtime_restarts_total",
    help: "GitHub's runtime processes that ended by themselves and were replaced.",
    registers,
  });
  const setQuotas = createQuotaGauges(registry);
  const setTokens = labels.has("token") ? createTokenGauges(registry) : () => {};

  return function setGauges({ status, insights }) {
    ready.set(status.readiness.ready ? 1 : 0);
    storeUp.set(status.store.ok ? 1 : 0);
    for (const [state, count] of Object.entries(status.tokens)) tokens.set({ state }, count);
    running.set(status.running);
    waiting.set(status.waiting);
    runtimeRestarts.reset();
    runtimeRestarts.inc(status.runtimesLost);
    setQuotas(insights);
    setTokens(insights);
  };
}

interface QuotaFigures {
  readonly bucket: string;
  readonly unit: string;
  readonly entitlement: number;
  readonly remaining: number;
}

/** What is left over all tokens that are not disabled. What counts premium requests and what counts credits is not added up. */
function createQuotaGauges(registry: Registry): (insights: GatewayReading["insights"]) => void {
  const labelNames = ["bucket", "unit"] as const;
  const remaining = new Gauge({
    name: "copilot_llm_quota_remaining",
    help: "What is left of the GitHub tokens' quota buckets, all tokens together. Less than 0: used beyond it.",
    labelNames,
    registers: [registry],
  });
  const entitlement = new Gauge({
    name: "copilot_llm_quota_entitlement",
    help: "What the GitHub tokens' quota buckets hold when they are full, all tokens together.",
    labelNames,
    registers: [registry],
  });
  return (insights) => {
    remaining.reset();
    entitlement.reset();
    for (const insight of insights.values()) {
      if (insight.status === "disabled") continue;
      for (const { bucket, unit, ...figures } of limitedQuotas(insight)) {
        remaining.inc({ bucket, unit }, figures.remaining);
        entitlement.inc({ bucket, unit }, figures.entitlement);
      }
    }
  };
}

function createTokenGauges(registry: Registry): (insights: GatewayReading["insights"]) => void {
  const registers = [registry];
  const state = new Gauge({
    name: "copilot_llm_github_token_state",
    help: "1 for the state that the GitHub token is in.",
    labelNames: ["token", "state"],
    registers,
  });
  const remaining = new Gauge({
    name: "copilot_llm_github_token_quota_remaining",
    help: "What is left of a quota bucket of the GitHub token.",
    labelNames: ["token", "bucket", "unit"],
    registers,
  });
  return (insights) => {
    state.reset();
    remaining.reset();
    for (const [token, insight] of insights) {
      state.set({ token, state: insight.status }, 1);
      for (const { bucket, unit, ...figures } of limitedQuotas(insight)) {
        remaining.set({ token, bucket, unit }, figures.remaining);
      }
    }
  };
}

function limitedQuotas({ quotas, unit }: TokenInsight): readonly QuotaFigures[] {
  return quotas.flatMap(({ bucket, entitlement, remaining, unlimited }) => {
    if (unlimited || entitlement === null || remaining === null) return [];
    return [{ bucket, unit: (bucket === premiumBucket ? unit : null) ?? "unknown", entitlement, remaining }];
  });
}
