import type { IncomingMessage } from "node:http";
import type { Clock } from "@copilot-llm/model";
import type { RequestWatch, ServeCall } from "@copilot-llm/provider";
import {
  type Context,
  defaultTextMapGetter,
  type Histogram,
  type Meter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { CidrList } from "../../env/cidr-list.js";
import { isSecure } from "../../http/client-address.js";
import type { EndedExchange } from "../../http/ended-exchange.js";
import type { RequestSpan } from "../../http/request-span.js";
import { withoutInvitation } from "../../http/without-invitation.js";
import { nameOfOperation } from "./attributes.js";
import { GenAiMetrics } from "./gen-ai-metrics.js";
import { InferenceWatch } from "./inference-watch.js";
import { createSpanClock, type SpanClock } from "./span-clock.js";

export interface RequestTracingOptions {
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly propagator: TextMapPropagator;
  /** Whether the trace goes on at GitHub: its ids then leave this house. */
  readonly propagatesUpstream: boolean;
  readonly trustProxy: CidrList;
  readonly clock: Pick<Clock, "nowMs" | "monotonicMs">;
}

interface OpenRequest {
  readonly span: Span;
  readonly context: Context;
  readonly clock: SpanClock;
}

const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** The conventions know no other. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]);
/** What is traced; probes and the console's files are not. */
const tracedPath = /^\/(?:v1|openai|anthropic|api|mcp|me)(?:[/?]|$)/;

/** Spans of requests: one for each over HTTP, as part of its client's trace, and below it one for each try on a token. */
export class RequestTracing {
  readonly #options: RequestTracingOptions;
  readonly #genAi: GenAiMetrics;
  readonly #httpDuration: Histogram;
  /** By request id, while they are under way. */
  readonly #open = new Map<string, OpenRequest>();

  constructor(options: RequestTracingOptions) {
    this.#options = options;
    this.#genAi = new GenAiMetrics(options.meter);
    this.#httpDuration = options.meter.createHistogram("http.server.request.duration", {
      description: "Duration of HTTP server requests.",
      unit: "s",
      advice: { explicitBucketBoundaries: durationBuckets },
    });
  }

  startSpan(requestId: string, incoming: IncomingMessage): RequestSpan | null {
    const { url = "" } = incoming;
    if (!tracedPath.test(url)) return null;
    const { tracer, propagator, trustProxy } = this.#options;
    const method = methods.has(incoming.method ?? "") ? (incoming.method ?? "") : "_OTHER";
    const scheme = isSecure(incoming, trustProxy) ? "https" : "http";
    const clock = createSpanClock(this.#options.clock);
    const startedAtMs = clock();
    const parent = propagator.extract(ROOT_CONTEXT, incoming.headers, defaultTextMapGetter);
    const [path = ""] = url.split("?", 1);
    const span = tracer.startSpan(
      nameOf(method),
      {
        kind: SpanKind.SERVER,
        startTime: startedAtMs,
        attributes: {
          "http.request.method": method,
          "url.path": withoutInvitation(path),
          "url.scheme": scheme,
          "copilot_llm.request.id": requestId,
        },
      },
      parent,
    );
    this.#open.set(requestId, { span, clock, context: trace.setSpan(parent, span) });
    let endedAtMs = startedAtMs;
    return {
      close() {
        endedAtMs = clock();
      },
      end: (exchange) => {
        this.#open.delete(requestId);
        encodeExchange(span, method, exchange);
        span.end(endedAtMs);
        this.#httpDuration.record((endedAtMs - startedAtMs) / 1_000, {
          "http.request.method": method,
          "url.scheme": scheme,
          "http.response.status_code": exchange.status,
          ...(exchange.route === null ? {} : { "http.route": exchange.route }),
          ...errorTypeOf(exchange),
        });
      },
    };
  }

  watchRequest({ requestId, operation }: ServeCall): RequestWatch {
    const { tracer, propagatesUpstream } = this.#options;
    const own = { tracer, propagatesUpstream, operation, metrics: this.#genAi };
    const open = this.#open.get(requestId);
    if (open !== undefined) return new InferenceWatch({ ...own, ...open, onEnd: () => {} });
    // What an MCP tool asks has an id of its own, and an HTTP request that may carry others.
    const clock = createSpanClock(this.#options.clock);
    const span = tracer.startSpan(`request ${nameOfOperation(operation)}`, {
      kind: SpanKind.INTERNAL,
      startTime: clock(),
      attributes: { "copilot_llm.request.id": requestId },
    });
    const context = trace.setSpan(ROOT_CONTEXT, span);
    return new InferenceWatch({ ...own, clock, span, context, onEnd: () => span.end(clock()) });
  }
}

/** A name must not be what a client made up. */
function nameOf(method: string): string {
  return method === "_OTHER" ? "HTTP" : method;
}

function encodeExchange(span: Span, method: string, exchange: EndedExchange): void {
  const { route, status } = exchange;
  if (route !== null) {
    span.updateName(`${nameOf(method)} ${route}`);
    span.setAttribute("http.route", route);
  }
  span.setAttributes({ "http.response.status_code": status, ...errorTypeOf(exchange) });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Of a server's span: what the client did wrong is no error. */
function errorTypeOf({ status, errorCode }: EndedExchange): { "error.type"?: string } {
  return status < 500 ? {} : { "error.type": errorCode ?? String(status) };
}
