import { addFigures, type Provider } from "@copilot-llm/provider";

export type Figures = Awaited<ReturnType<Provider["statistics"]["report"]>>["totals"];

const none: Figures = {
  requests: 0,
  errors: 0,
  aborted: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  premiumUnits: 0,
  nanoAiu: 0,
  unknownUsage: 0,
  batchPremiumUnits: 0,
  batchNanoAiu: 0,
  latencyP50Ms: null,
  latencyP95Ms: null,
  latencyP99Ms: null,
  timeToFirstTokenP50Ms: null,
  timeToFirstTokenP95Ms: null,
  timeToFirstTokenP99Ms: null,
  outputTokensPerSecondP50: null,
};

/** Percentiles are null of more than one. */
export function sumFigures(parts: readonly Figures[]): Figures {
  return parts.length === 0 ? none : parts.reduce(addFigures);
}
