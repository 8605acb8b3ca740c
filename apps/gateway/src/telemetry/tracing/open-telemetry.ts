import { randomUUID } from "node:crypto";
import type { Clock, Log } from "@copilot-llm/model";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPMetricExporter as JsonMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter as JsonTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { CidrList } from "../../env/cidr-list.js";
import type { OtelSettings } from "../../env/otel-settings.js";
import { RequestTracing } from "./request-tracing.js";
import type { Tracing } from "./tracing.js";

const scope = "copilot-llm";
const closeLimitMs = 3_000;
/** A collector that is away fails every few seconds. */
const complaintEveryMs = 60_000;

export interface OpenTelemetryOptions {
  readonly settings: OtelSettings;
  readonly propagatesUpstream: boolean;
  readonly trustProxy: CidrList;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * OpenTelemetry's SDK. Loaded only where an endpoint is set; it takes the endpoint, headers, sampler, batches and
 * resource attributes from the standard variables by itself. To be called once in a process.
 */
export function openTelemetry(options: OpenTelemetryOptions): Tracing {
  const { settings, propagatesUpstream, trustProxy, version, clock, log } = options;
  reportExportFailures(log, clock);
  const resource = defaultResource()
    .merge(
      resourceFromAttributes({
        "service.name": scope,
        "service.version": version,
        "service.instance.id": randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));
  const tracers = new BasicTracerProvider({
    resource,
    spanProcessors: settings.traces === null ? [] : [new BatchSpanProcessor(createTraceExporter(settings.traces))],
  });
  const meters = new MeterProvider({
    resource,
    readers:
      settings.metrics === null
        ? []
        : [
            new PeriodicExportingMetricReader({
              exporter: createMetricExporter(settings.metrics),
              exportIntervalMillis: settings.metricIntervalMs,
              exportTimeoutMillis: Math.min(settings.metricIntervalMs, 30_000),
            }),
          ],
  });
  const tracing = new RequestTracing({
    tracer: tracers.getTracer(scope, version),
    meter: meters.getMeter(scope, version),
    propagator: new W3CTraceContextPropagator(),
    propagatesUpstream,
    trustProxy,
    clock,
  });
  return {
    startSpan: (requestId, incoming) => tracing.startSpan(requestId, incoming),
    watchRequest: (call) => tracing.watchRequest(call),
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, closeLimitMs).unref());
      const ended = Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
      await Promise.race([ended, late]);
    },
  };
}

function createTraceExporter(protocol: "http/protobuf" | "http/json") {
  return protocol === "http/json" ? new JsonTraceExporter() : new ProtobufTraceExporter();
}

function createMetricExporter(protocol: "http/protobuf" | "http/json") {
  return protocol === "http/json" ? new JsonMetricExporter() : new ProtobufMetricExporter();
}

function reportExportFailures(log: Log, clock: Clock): void {
  let silentUntilMs = 0;
  const report = (message: string): void => {
    if (clock.monotonicMs() < silentUntilMs) return;
    silentUntilMs = clock.monotonicMs() + complaintEveryMs;
    log.warn("telemetry could not be exported; more of this is not logged for a minute", { cause: message });
  };
  const ignore = (): void => {};
  diag.setLogger(
    { error: report, warn: report, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
