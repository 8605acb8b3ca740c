import type { StatsFigures } from "#lib/api/use-stats";
import { nanoAiuPerCredit } from "#lib/use-figures";

/** What can be counted and added up. Premium requests and credits are two units and never one sum. */
export const sumMetrics = [
  "requests",
  "errors",
  "tokens",
  "input",
  "output",
  "cached",
  "reasoning",
  "credits",
  "premium",
] as const;
export type SumMetric = (typeof sumMetrics)[number];

/** What holds of many requests together, and cannot be added up. */
export const shareMetrics = [
  "errorRate",
  "cacheRate",
  "latencyP50",
  "latencyP95",
  "latencyP99",
  "ttftP50",
  "ttftP95",
  "ttftP99",
  "outputRate",
] as const;
export type ShareMetric = (typeof shareMetrics)[number];

export type Metric = SumMetric | ShareMetric;

/** A metric's value; null where it means nothing, as a rate of no requests. */
export function metricOf(metric: Metric, figures: StatsFigures): number | null {
  switch (metric) {
    case "requests":
      return figures.requests;
    case "errors":
      return figures.errors;
    case "tokens":
      return figures.input_tokens + figures.output_tokens;
    case "input":
      return figures.input_tokens;
    case "output":
      return figures.output_tokens;
    case "cached":
      return figures.cache_read_tokens;
    case "reasoning":
      return figures.reasoning_tokens;
    case "credits":
      return figures.nano_aiu / nanoAiuPerCredit;
    case "premium":
      return figures.premium_units;
    case "errorRate":
      return figures.requests === 0 ? null : figures.errors / figures.requests;
    case "cacheRate":
      return figures.input_tokens === 0 ? null : figures.cache_read_tokens / figures.input_tokens;
    case "latencyP50":
      return figures.latency_p50_ms;
    case "latencyP95":
      return figures.latency_p95_ms;
    case "latencyP99":
      return figures.latency_p99_ms;
    case "ttftP50":
      return figures.ttft_p50_ms;
    case "ttftP95":
      return figures.ttft_p95_ms;
    case "ttftP99":
      return figures.ttft_p99_ms;
    case "outputRate":
      return figures.output_tokens_per_second_p50;
  }
}

export function isSum(metric: Metric): metric is SumMetric {
  return sumMetrics.some((sum) => sum === metric);
}

export const allMetrics: readonly Metric[] = [...sumMetrics, ...shareMetrics];
