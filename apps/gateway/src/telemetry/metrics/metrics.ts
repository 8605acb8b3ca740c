import type { Clock } from "@copilot-llm/model";
import { Gauge, Registry } from "prom-client";
import type { OptionalLabel } from "../../env/metric-labels.js";
import type { ObserveExchange } from "../../http/ended-exchange.js";
import { type BatchMetrics, createBatchMetrics } from "./batch-metrics.js";
import { createGatewayGauges, type GatewayReading, type SetGauges } from "./gateway-gauges.js";
import { createHttpMetrics } from "./http-metrics.js";
import { addProcessMetrics } from "./process-metrics.js";
import { createRequestMetrics, type ObserveRequest } from "./request-metrics.js";
import { createStoreMetrics, type WatchLedger } from "./store-metrics.js";

export interface MetricsOptions {
  readonly labels: readonly OptionalLabel[];
  readonly version: string;
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Whether the process is measured too: once in each. */
  readonly measuresProcess: boolean;
}

/** Everything that Prometheus can ask of this gateway. docs/observability.md lists it. */
export class Metrics {
  readonly observeRequest: ObserveRequest;
  readonly observeExchange: ObserveExchange;
  readonly watchLedger: WatchLedger;
  readonly storeLagMs: () => number;
  readonly #prometheus = new Registry();
  readonly observeBatchItem: BatchMetrics["observeItem"];
  readonly #setGauges: SetGauges;
  readonly #setBatchGauges: BatchMetrics["setGauges"];

  constructor({ labels, version, clock, measuresProcess }: MetricsOptions) {
    const optional = new Set(labels);
    this.observeRequest = createRequestMetrics(this.#prometheus, optional);
    this.observeExchange = createHttpMetrics(this.#prometheus);
    const store = createStoreMetrics(this.#prometheus, clock);
    this.watchLedger = store.watchLedger;
    this.storeLagMs = store.lagMs;
    this.#setGauges = createGatewayGauges(this.#prometheus, optional);
    const batches = createBatchMetrics(this.#prometheus);
    this.observeBatchItem = batches.observeItem;
    this.#setBatchGauges = batches.setGauges;
    new Gauge({
      name: "copilot_llm_build_info",
      help: "1, with the version that runs.",
      labelNames: ["version"],
      registers: [this.#prometheus],
    }).set({ version }, 1);
    if (measuresProcess) addProcessMetrics(this.#prometheus);
  }

  get contentType(): string {
    return this.#prometheus.contentType;
  }

  /** All of it in Prometheus's text format, states and levels as they are read. */
  encode(reading: GatewayReading): Promise<string> {
    this.#setGauges(reading);
    this.#setBatchGauges(reading.batches);
    return this.#prometheus.metrics();
  }
}
