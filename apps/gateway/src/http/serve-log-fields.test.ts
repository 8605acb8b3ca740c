import { GatewayError } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { sampleRecord } from "../testing/sample-record.js";
import { serveLogFields } from "./serve-log-fields.js";

const trace = {
  modelAsked: "opus",
  modelUsed: "claude-opus-4.6",
  tokenId: "tok_1",
  attempts: 1,
  stream: true,
  changes: [],
  warnings: [],
  timeToFirstTokenMs: 12,
  ended: null,
  onceEnded() {},
};
const answer = { status: 200, headers: {}, body: new Uint8Array(), error: null, trace };

describe("a served request's log line", () => {
  it("tells which model and token served, and how fast", () => {
    expect(serveLogFields(answer)).toEqual({
      model: "claude-opus-4.6",
      model_asked: "opus",
      token_id: "tok_1",
      attempts: 1,
      stream: true,
      ttft_ms: 12,
    });
  });

  it("tells what was changed for the service", () => {
    const changes = ["sampling-without-thinking", "without top_p"];
    expect(serveLogFields({ ...answer, trace: { ...trace, changes } })).toMatchObject({ changes });
  });

  it("tells what was left out on the way to the model", () => {
    const warnings = ["`top_k` is unknown to Chat and was left out."];
    expect(serveLogFields({ ...answer, trace: { ...trace, warnings } })).toMatchObject({ warnings });
  });

  it("tells what the request came to, a stream's error included", () => {
    const usage = { inputTokens: 9, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
    const ended = sampleRecord({
      outcome: "failed",
      errorCode: "upstream_error",
      usage,
      nanoAiu: 5e8,
      premiumUnits: 2,
    });
    expect(serveLogFields({ ...answer, trace: { ...trace, ended } })).toMatchObject({
      outcome: "failed",
      error_code: "upstream_error",
      input_tokens: 9,
      output_tokens: 4,
      credits: 0.5,
      premium_requests: 2,
    });
  });

  it("tells what went wrong", () => {
    const error = new GatewayError("upstream_error", "The service said no.");
    expect(serveLogFields({ ...answer, error })).toMatchObject({
      error_code: "upstream_error",
      error_message: "The service said no.",
    });
  });
});
