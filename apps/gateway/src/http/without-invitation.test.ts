import type { Log } from "@copilot-llm/model";
import { createSystemClock } from "@copilot-llm/provider";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { CidrList } from "../env/cidr-list.js";
import { RequestTracing } from "../telemetry/tracing/request-tracing.js";
import { openGateway } from "../testing/open-gateway.js";
import { withoutInvitation } from "./without-invitation.js";

const code = "0123456789abcdefghijABCDEFGHIJ01";

test.each([
  [`/join/${code}`, "/join/…"],
  [`/api/join/${code}/device/dev_1`, "/api/join/…/device/dev_1"],
  [`/behind/a/prefix/api/join/${code}`, "/behind/a/prefix/api/join/…"],
  [`/join/join/${code}`, "/join/…/…"],
  ["/join/", "/join/"],
  ["/v1/chat/completions", "/v1/chat/completions"],
])("%s is told as %s", (path, told) => {
  expect(withoutInvitation(path)).toBe(told);
});

test("neither the log nor a trace nor an answer holds an invitation's code, an OIDC code or a setup code", async () => {
  const lines: unknown[] = [];
  const write = (message: string, fields?: object): void => void lines.push({ message, ...fields });
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const spans = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const tracing = new RequestTracing({
    tracer: tracers.getTracer("test"),
    meter: new MeterProvider().getMeter("test"),
    propagator: new W3CTraceContextPropagator(),
    propagatesUpstream: false,
    trustProxy: new CidrList([]),
    clock: createSystemClock(),
  });
  const { url } = await openGateway({ log, startSpan: (id, incoming) => tracing.startSpan(id, incoming) });
  const paths = [
    `/api/join/${code}`,
    `/api/join/${code}/nothing`,
    `/join/${code}/nothing`,
    `/join?code=${code}`,
    `/setup?code=${code}`,
    `/api/auth/oidc/callback?code=${code}&state=${code}`,
  ];
  const answers: string[] = [];
  for (const path of paths) answers.push(await (await fetch(url + path)).text());
  expect(answers.join()).toContain("There is nothing at GET /api/join/…/nothing.");
  await expect.poll(() => lines.length).toBe(paths.length);
  expect(spans.getFinishedSpans().map(({ attributes }) => attributes["url.path"])).toEqual([
    "/api/join/…",
    "/api/join/…/nothing",
    "/api/auth/oidc/callback",
  ]);
  const told = JSON.stringify([
    lines,
    spans.getFinishedSpans().map(({ name, attributes }) => [name, attributes]),
    answers,
  ]);
  expect(told).not.toContain(code);
});
