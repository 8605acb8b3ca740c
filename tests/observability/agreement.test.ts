import { expect, it, onTestFinished, vi } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import type { LogLine } from "../testing/start-gateway.ts";
import { readExposition } from "./exposition.ts";
import { type CollectedSpan, startOtlpCollector } from "./otlp-collector.ts";

const chat = "/v1/chat/completions";
const model = "gpt-5-mini";
const metricsToken = "scrape-me-0123456789";

interface Scenario {
  readonly name: string;
  readonly outcome: "completed" | "failed" | "aborted";
  readonly attempts: number;
  /** Asks, and resolves with the request's id once the client is done with it. */
  readonly ask: (serving: Serving) => Promise<string | null>;
}

async function read(serving: Serving, body: object): Promise<string | null> {
  const response = await serving.send(chat, body);
  await response.text();
  return response.headers.get("x-request-id");
}

const scenarios: readonly Scenario[] = [
  {
    name: "streamed at the second try",
    outcome: "completed",
    attempts: 2,
    ask(serving) {
      serving.simulator.faults.add({ name: "server-error", endpoint: "inference", times: 1 });
      return read(serving, chatBody("hi\nsim: long 20", { stream: true }));
    },
  },
  {
    name: "for a model that does not exist",
    outcome: "failed",
    attempts: 0,
    ask: (serving) => read(serving, chatBody("hi", { model: "no-such-model" })),
  },
  {
    name: "whose stream breaks",
    outcome: "failed",
    attempts: 1,
    ask(serving) {
      serving.simulator.faults.add({ name: "stream-error", endpoint: "inference", times: 1 });
      return read(serving, chatBody("hi\nsim: long 20", { stream: true }));
    },
  },
  {
    name: "whose client hangs up",
    outcome: "aborted",
    attempts: 1,
    async ask(serving) {
      const hangUp = new AbortController();
      const body = chatBody("hi\nsim: long 60\nsim: delay 40", { stream: true });
      const response = await serving.send(chat, body, { signal: hangUp.signal });
      await response.body?.getReader().read();
      hangUp.abort();
      return response.headers.get("x-request-id");
    },
  },
];

it.each(scenarios)("record, log line, metrics and trace agree on a request $name", async (scenario) => {
  const collector = await startOtlpCollector();
  const serving = await startServing({
    accounts: ["alice", "bob"],
    account: { billing: "credits", entitlement: 1_000 },
    env: {
      METRICS_TOKEN: metricsToken,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "50",
    },
  });
  onTestFinished(() => serving.stop());
  const requestId = await scenario.ask(serving);

  const isSpan = ({ kind, attributes }: CollectedSpan) =>
    kind === 2 && attributes["copilot_llm.request.id"] === requestId;
  await expect.poll(() => collector.spans().some(isSpan), { timeout: 5_000 }).toBe(true);
  const span = collector.spans().find(isSpan);
  const attempts = collector.spans().filter(({ parentSpanId }) => parentSpanId === span?.spanId);
  const answered = attempts.find(({ attributes }) => "gen_ai.response.model" in attributes)?.attributes ?? {};
  const line = await vi.waitUntil(() => serving.gateway.logs().find(({ request_id: id }) => id === requestId));
  const record = await readRecord(serving, requestId);
  const { text } = await readExposition(serving.gateway.url, metricsToken);
  const metric = (name: string, labels = ""): number | null => {
    const found = new RegExp(`^${name}${labels === "" ? "" : `\\{${labels}\\}`} (\\S+)$`, "m").exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };

  const { outcome } = scenario;
  const modelLabel = record.model_used ?? "none";
  const credits = record.nano_aiu === null ? undefined : record.nano_aiu / 1e9;
  expect([record.outcome, line.outcome, span?.attributes["copilot_llm.outcome"]]).toEqual([outcome, outcome, outcome]);
  expect(
    metric("copilot_llm_requests_total", `model="${modelLabel}",protocol="openai-chat",outcome="${outcome}"`),
  ).toBe(1);

  expect(record.attempts).toHaveLength(scenario.attempts);
  expect([line.attempts, span?.attributes["copilot_llm.attempts"], attempts.length]).toEqual(
    Array(3).fill(scenario.attempts),
  );
  const tried = ["ok", "unreachable"].map((result) => metric("copilot_llm_attempts_total", `result="${result}"`) ?? 0);
  expect((tried[0] ?? 0) + (tried[1] ?? 0)).toBe(scenario.attempts);

  const errorCode = record.error_code ?? undefined;
  expect([line.error_code, span?.attributes["copilot_llm.error.code"]]).toEqual([errorCode, errorCode]);
  expect(metric("copilot_llm_request_errors_total", `model="${modelLabel}",code="${errorCode}"`)).toBe(
    errorCode === undefined ? null : 1,
  );

  expect([line.model, span?.attributes["copilot_llm.model"] ?? null]).toEqual([record.model_used, record.model_used]);
  expect([line.token_id, span?.attributes["copilot_llm.github_token.id"] ?? null]).toEqual([
    record.token_id,
    record.token_id,
  ]);
  expect([span?.attributes["copilot_llm.key.id"], line.key]).toEqual([record.key_id, record.key_alias]);

  for (const type of ["input", "output"] as const) {
    const count = record[`${type}_tokens`] ?? undefined;
    expect([line[`${type}_tokens`], answered[`gen_ai.usage.${type}_tokens`]]).toEqual([count, count]);
    expect(metric("copilot_llm_model_tokens_total", `model="${modelLabel}",type="${type}"`) ?? 0).toBe(count ?? 0);
  }
  expect([line.credits, span?.attributes["copilot_llm.credits"]]).toEqual([credits, credits]);
  expect(metric("copilot_llm_credits_total", `model="${modelLabel}"`) ?? 0).toBe(credits ?? 0);

  const firstTokenMs = record.ttft_ms;
  expect([line.ttft_ms, span?.attributes["copilot_llm.time_to_first_token"] ?? null]).toEqual([
    firstTokenMs,
    firstTokenMs === null ? null : firstTokenMs / 1_000,
  ]);
  expect(metric("copilot_llm_time_to_first_token_seconds_sum", `model="${modelLabel}"`)).toBe(
    firstTokenMs === null ? null : firstTokenMs / 1_000,
  );
  expect(span?.attributes["copilot_llm.duration"]).toBe(record.duration_ms / 1_000);
  expect(metric("copilot_llm_request_duration_seconds_sum", `model="${modelLabel}",stream="${record.stream}"`)).toBe(
    record.duration_ms / 1_000,
  );
  expect(span?.attributes["http.response.status_code"]).toBe(line.status);
  expectUsed(scenario, line);
});

/** The scenarios are what they say: otherwise there would be nothing to agree on. */
function expectUsed({ outcome }: Scenario, line: LogLine): void {
  if (outcome === "completed")
    expect(line).toMatchObject({ model, input_tokens: expect.any(Number), credits: expect.any(Number) });
  if (outcome === "aborted") expect(line).toMatchObject({ aborted: true });
}

interface ExportedRequest {
  readonly id: string;
  readonly key_id: string;
  readonly key_alias: string;
  readonly token_id: string | null;
  readonly model_used: string | null;
  readonly stream: boolean;
  readonly attempts: readonly unknown[];
  readonly outcome: string;
  readonly error_code: string | null;
  readonly ttft_ms: number | null;
  readonly duration_ms: number;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly nano_aiu: number | null;
}

async function readRecord({ admin }: Serving, requestId: string | null): Promise<ExportedRequest> {
  const lines = (await (await admin.request("GET", "/api/sessions/export?format=jsonl")).text()).trim().split("\n");
  const record = lines.map((text) => JSON.parse(text) as ExportedRequest).find(({ id }) => id === requestId);
  if (record === undefined) throw new Error(`${requestId} is not on record`);
  return record;
}
