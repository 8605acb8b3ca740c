import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { decodeTraces } from "./decode-protobuf.ts";

export type AttributeValue = string | number | boolean;

/** A span as the collector got it, whatever it was sent in. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly durationMs: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** 2 is an error. */
  readonly statusCode: number;
}

export interface CollectedPoint {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** A counter's value, or the sum of a histogram. */
  readonly value: number;
  /** How many values a histogram has seen. */
  readonly count: number;
}

export interface OtlpCollector {
  readonly url: string;
  spans(): readonly CollectedSpan[];
  /** The latest points of a metric. */
  points(metric: string): readonly CollectedPoint[];
  /** The names of all metrics, with their units. */
  metrics(): Readonly<Record<string, string>>;
  resource(): Readonly<Record<string, AttributeValue>>;
  /** Everything that came, as text. */
  received(): string;
  headers(): readonly IncomingHttpHeaders[];
}

interface JsonAttribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly boolValue?: boolean;
    readonly intValue?: string | number;
    readonly doubleValue?: number;
  };
}

interface JsonSpan extends Pick<CollectedSpan, "traceId" | "spanId" | "name" | "kind"> {
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly JsonAttribute[];
  readonly status?: { readonly code?: number };
}

interface JsonPoint {
  readonly attributes: readonly JsonAttribute[];
  readonly asInt?: string | number;
  readonly asDouble?: number;
  readonly sum?: number;
  readonly count?: string | number;
}

interface JsonMetric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly dataPoints: readonly JsonPoint[] };
  readonly histogram?: { readonly dataPoints: readonly JsonPoint[] };
}

interface JsonResource {
  readonly resource: { readonly attributes: readonly JsonAttribute[] };
}

interface TracesBody {
  readonly resourceSpans: readonly (JsonResource & {
    readonly scopeSpans: readonly { readonly spans: readonly JsonSpan[] }[];
  })[];
}

interface MetricsBody {
  readonly resourceMetrics: readonly (JsonResource & {
    readonly scopeMetrics: readonly { readonly metrics: readonly JsonMetric[] }[];
  })[];
}

/** A stand-in for an OpenTelemetry collector: OTLP over HTTP, traces as JSON or protobuf, metrics as JSON. */
export async function startOtlpCollector(): Promise<OtlpCollector> {
  const spans: CollectedSpan[] = [];
  const metrics = new Map<string, JsonMetric>();
  const headers: IncomingHttpHeaders[] = [];
  const bodies: string[] = [];
  let resource: Readonly<Record<string, AttributeValue>> = {};
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    headers.push(request.headers);
    bodies.push(body.toString("latin1"));
    const isJson = request.headers["content-type"] === "application/json";
    if (request.url === "/v1/traces" && isJson) {
      for (const { resource: from, scopeSpans } of (JSON.parse(body.toString()) as TracesBody).resourceSpans) {
        resource = decodeAttributes(from.attributes);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(decodeSpan)));
      }
    } else if (request.url === "/v1/traces") spans.push(...decodeTraces(body));
    else if (request.url === "/v1/metrics" && isJson) {
      for (const { scopeMetrics } of (JSON.parse(body.toString()) as MetricsBody).resourceMetrics) {
        for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) metrics.set(metric.name, metric);
      }
    }
    response.setHeader("content-type", request.headers["content-type"] ?? "").end(isJson ? "{}" : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => spans,
    points: (name) => {
      const metric = metrics.get(name);
      return (metric?.sum ?? metric?.histogram)?.dataPoints.map(decodePoint) ?? [];
    },
    metrics: () => Object.fromEntries(Array.from(metrics.values(), ({ name, unit }) => [name, unit])),
    resource: () => resource,
    received: () => bodies.join("\n"),
    headers: () => headers,
  };
}

function decodeSpan({ startTimeUnixNano, endTimeUnixNano, attributes, status, ...span }: JsonSpan): CollectedSpan {
  const { traceId, spanId, name, kind } = span;
  return {
    traceId,
    spanId,
    name,
    kind,
    parentSpanId: span.parentSpanId ?? "",
    durationMs: Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6,
    attributes: decodeAttributes(attributes),
    statusCode: status?.code ?? 0,
  };
}

function decodePoint({ attributes, asInt, asDouble, sum, count }: JsonPoint): CollectedPoint {
  return {
    attributes: decodeAttributes(attributes),
    value: Number(asInt ?? asDouble ?? sum ?? 0),
    count: Number(count ?? 0),
  };
}

function decodeAttributes(attributes: readonly JsonAttribute[]): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, boolValue, intValue, doubleValue } }) => [
      key,
      stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : Number(intValue)) ?? "",
    ]),
  );
}
