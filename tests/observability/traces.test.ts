import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { type CollectedSpan, type OtlpCollector, startOtlpCollector } from "./otlp-collector.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const clientSpanId = "b7ad6b7169203331";
const traceparent = `00-${traceId}-${clientSpanId}-01`;
const chat = "/v1/chat/completions";
const server = 2;
const client = 3;

async function startTraced(env: Record<string, string> = {}): Promise<{ serving: Serving; collector: OtlpCollector }> {
  const collector = await startOtlpCollector();
  const serving = await startServing({
    accounts: ["alice", "bob"],
    account: { billing: "credits", entitlement: 1_000 },
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "50",
      OTEL_METRIC_EXPORT_INTERVAL: "100",
      ...env,
    },
  });
  onTestFinished(() => serving.stop());
  return { serving, collector };
}

/** The span of a request and those below it, in the order of their beginning, once they have arrived. */
async function spansOf(collector: OtlpCollector, requestId: string | null) {
  const isRequest = ({ kind, attributes }: CollectedSpan) =>
    kind === server && attributes["copilot_llm.request.id"] === requestId;
  await expect.poll(() => collector.spans().some(isRequest), { timeout: 5_000 }).toBe(true);
  const request = collector.spans().find(isRequest);
  const attempts = collector.spans().filter(({ parentSpanId }) => parentSpanId === request?.spanId);
  const numberOf = ({ attributes }: CollectedSpan) => Number(attributes["copilot_llm.attempt"]);
  return { request, attempts: attempts.sort((one, other) => numberOf(one) - numberOf(other)) };
}

async function ask(serving: Serving, body: object, headers: Record<string, string> = {}) {
  const response = await serving.send(chat, body, { headers });
  await response.text();
  return response.headers.get("x-request-id");
}

describe("a traced gateway", () => {
  it("continues its client's trace: a span for the request, one below it for each try", async () => {
    const { serving, collector } = await startTraced();
    serving.simulator.faults.add({ name: "server-error", endpoint: "inference", times: 1 });
    const requestId = await ask(serving, chatBody("a private question", { stream: true }), { traceparent });
    const { request, attempts } = await spansOf(collector, requestId);

    expect(request).toMatchObject({ traceId, parentSpanId: clientSpanId, name: `POST ${chat}`, kind: server });
    expect(request?.attributes).toMatchObject({
      "http.request.method": "POST",
      "http.route": chat,
      "http.response.status_code": 200,
      "url.path": chat,
      "url.scheme": "http",
      "copilot_llm.outcome": "completed",
      "copilot_llm.key.id": serving.key.id,
      "copilot_llm.attempts": 2,
    });
    expect(request?.statusCode).toBe(0);
    expect(attempts.map(({ name, kind, statusCode }) => [name, kind, statusCode])).toEqual([
      ["chat gpt-5-mini", client, 2],
      ["chat gpt-5-mini", client, 0],
    ]);
    const inference = {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "github.copilot",
      "gen_ai.request.model": "gpt-5-mini",
    };
    expect(attempts[0]?.attributes).toMatchObject({
      ...inference,
      "error.type": "unreachable",
      "http.response.status_code": 500,
    });
    expect(attempts[1]?.attributes).toMatchObject({
      ...inference,
      "gen_ai.response.model": "gpt-5-mini",
      "gen_ai.request.stream": true,
      "gen_ai.usage.input_tokens": expect.any(Number),
      "gen_ai.usage.output_tokens": expect.any(Number),
      "gen_ai.response.time_to_first_chunk": expect.any(Number),
    });
    for (const attempt of attempts) expect(attempt.durationMs).toBeLessThanOrEqual(request?.durationMs ?? 0);
  });

  it("traces what it refuses, and calls an error only what is its own", async () => {
    const { serving, collector } = await startTraced();
    const refused = await serving.send(chat, chatBody("hi"), { headers: { authorization: "Bearer wrong" } });
    const { request } = await spansOf(collector, refused.headers.get("x-request-id"));
    expect(request).toMatchObject({ name: `POST ${chat}`, parentSpanId: "", statusCode: 0 });
    expect(request?.attributes).toMatchObject({ "http.response.status_code": 401 });
    expect(request?.attributes).not.toHaveProperty("error.type");

    serving.simulator.faults.add({ name: "server-error", endpoint: "inference", times: 5 });
    const failed = await spansOf(collector, await ask(serving, chatBody("hi")));
    expect(failed.request).toMatchObject({ statusCode: 2 });
    expect(failed.request?.attributes).toMatchObject({ "error.type": "upstream_error" });
    expect(failed.attempts).toHaveLength(2);
  });

  it("sends metrics by the conventions for generative AI and HTTP", async () => {
    const { serving, collector } = await startTraced({ OTEL_SERVICE_NAME: "our-gateway" });
    serving.simulator.faults.add({ name: "server-error", endpoint: "inference", times: 1 });
    await ask(serving, chatBody("hi", { stream: true }));
    await serving.send("/v1/embeddings", { model: "text-embedding-3-small", input: "hi" });
    const seen = (name: string) => collector.points(name).reduce((sum, { count }) => sum + count, 0);
    await expect.poll(() => seen("gen_ai.client.embeddings.duration"), { timeout: 5_000 }).toBe(1);
    expect(collector.metrics()).toMatchObject({
      "gen_ai.client.inference.duration": "s",
      "gen_ai.client.inference.time_to_first_chunk": "s",
      "gen_ai.client.inference.usage.input_tokens": "{token}",
      "gen_ai.client.inference.usage.output_tokens": "{token}",
      "gen_ai.client.embeddings.duration": "s",
      "gen_ai.client.embeddings.operation.input_tokens": "{token}",
      "http.server.request.duration": "s",
    });
    const errors = collector
      .points("gen_ai.client.inference.duration")
      .map(({ attributes }) => attributes["error.type"]);
    expect(errors.sort()).toEqual(["unreachable", undefined]);
    expect(
      collector.points("http.server.request.duration").map(({ attributes }) => attributes["http.route"]),
    ).toContain(chat);
    expect(collector.resource()).toMatchObject({
      "service.name": "our-gateway",
      "service.version": expect.any(String),
    });
  });

  it("speaks protobuf unless told otherwise, with the headers that it is given", async () => {
    const { serving, collector } = await startTraced({
      OTEL_EXPORTER_OTLP_PROTOCOL: "",
      OTEL_EXPORTER_OTLP_HEADERS: "x-api-token=collector-secret",
    });
    const { request, attempts } = await spansOf(collector, await ask(serving, chatBody("hi")));
    expect(request).toMatchObject({ name: `POST ${chat}`, kind: server });
    expect(attempts[0]?.attributes).toMatchObject({
      "gen_ai.request.model": "gpt-5-mini",
      "gen_ai.usage.input_tokens": expect.any(Number),
    });
    expect(collector.headers()[0]).toMatchObject({
      "content-type": "application/x-protobuf",
      "x-api-token": "collector-secret",
    });
    expect(serving.gateway.output()).not.toContain("collector-secret");
  });

  it("keeps its trace from GitHub, unless TRACE_UPSTREAM says that it goes on there", async () => {
    const upstreamHeaders = (serving: Serving) => serving.simulator.requests.to("/chat/completions").at(-1)?.headers;
    const quiet = await startTraced();
    await ask(quiet.serving, chatBody("hi"), { traceparent, tracestate: "vendor=1", baggage: "user=ada" });
    for (const name of ["traceparent", "tracestate", "baggage"]) {
      expect(upstreamHeaders(quiet.serving)).not.toHaveProperty(name);
    }
    const told = await startTraced({ TRACE_UPSTREAM: "on" });
    const requestId = await ask(told.serving, chatBody("hi"), { traceparent, tracestate: "vendor=1" });
    const { attempts } = await spansOf(told.collector, requestId);
    expect(upstreamHeaders(told.serving)).toMatchObject({ traceparent: `00-${traceId}-${attempts[0]?.spanId}-01` });
    expect(upstreamHeaders(told.serving)).not.toHaveProperty("tracestate");
  });

  it("tells the collector nothing of what was said, and no credential", async () => {
    const { serving, collector } = await startTraced();
    const requestId = await ask(serving, chatBody("a private question"));
    await spansOf(collector, requestId);
    await expect.poll(() => collector.received(), { timeout: 5_000 }).toContain("http.server.request.duration");
    for (const secret of ["private question", "Echo:", serving.key.key, serving.admin.token, "github_pat_"]) {
      expect(collector.received()).not.toContain(secret);
    }
  });

  it("serves and stops as ever while its collector is away, and says so once", async () => {
    const { serving } = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    for (let turn = 0; turn < 3; turn++) expect((await serving.send(chat, chatBody("hi"))).status).toBe(200);
    const complaints = () => serving.gateway.logs().filter(({ msg }) => String(msg).startsWith("telemetry could not"));
    await expect.poll(() => complaints().length, { timeout: 20_000 }).toBe(1);
    expect(await serving.gateway.stop()).toBe(0);
    expect(complaints()).toHaveLength(1);
  });
});

describe("a gateway without a collector", () => {
  it("does not load OpenTelemetry's SDK", () => {
    const dist = path.resolve(import.meta.dirname, "../../apps/gateway/dist");
    const read = (file: string) => readFileSync(path.join(dist, file), "utf8");
    const importsOf = (code: string) =>
      [...code.matchAll(/^(?:import|export)\b[^;]*?from\s*"([^"]+)"/gm)].map(([, name = ""]) => name);
    const loaded = new Set<string>();
    const visit = (file: string): void => {
      for (const name of importsOf(read(file))) {
        if (loaded.has(name)) continue;
        loaded.add(name);
        if (name.startsWith("./")) visit(name);
      }
    };
    // What the entry loads once the compile cache is on.
    const program = /import\("(\.\/run-program[^"]*)"\)/.exec(read("main.js"))?.[1] ?? "";
    visit("main.js");
    visit(program);
    expect(loaded).toContain("prom-client");
    expect([...loaded].filter((name) => name.startsWith("@opentelemetry/"))).toEqual([]);
    const chunks = readdirSync(dist).filter((file) => file.endsWith(".js"));
    expect(chunks.some((file) => importsOf(read(file)).includes("@opentelemetry/sdk-trace-base"))).toBe(true);
  });
});
