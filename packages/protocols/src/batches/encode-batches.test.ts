import type { Batch, BatchItem } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { encodeMessageBatch } from "./encode-message-batch.js";
import { encodeOpenaiBatch } from "./encode-openai-batch.js";
import { encodeMessageBatchResult, encodeOutputLine } from "./encode-result-line.js";
import { outputFileId, parseOutputFileId } from "./output-file.js";

const counts = { total: 6, pending: 1, running: 1, succeeded: 1, errored: 1, cancelled: 1, expired: 1 };
const running: Batch = {
  id: "batch_1",
  ownerId: "key_a",
  keyId: "key_a",
  ownerName: "a",
  api: "openai",
  protocol: "openai-chat",
  operation: "generate",
  wireHeaders: {},
  fileId: "file_1",
  status: "in_progress",
  metadata: {},
  createdAtMs: 1_000_500,
  startedAtMs: 1_001_000,
  cancelRequestedAtMs: null,
  endedAtMs: null,
  expiresAtMs: 87_400_000,
  counts,
  problems: [],
};

const item: BatchItem = {
  batchId: "batch_1",
  index: 7,
  customId: 'it"em',
  offset: 0,
  length: 1,
  state: "succeeded",
  tries: 0,
  requestId: "req_1",
  status: 200,
  answer: Buffer.from('{\r\n "id": "x\\n"\n}'),
  endedAtMs: 1,
};

describe("a batch of OpenAI's", () => {
  it("names its files of results once it has ended, where there is a line for them", () => {
    expect(encodeOpenaiBatch(running)).toMatchObject({
      endpoint: "/v1/chat/completions",
      created_at: 1_000,
      in_progress_at: 1_001,
      expires_at: 87_400,
      output_file_id: null,
      error_file_id: null,
      request_counts: { total: 6, completed: 1, failed: 1 },
      errors: null,
      metadata: null,
    });
    const ended: Batch = { ...running, status: "completed", endedAtMs: 9_000 };
    expect(encodeOpenaiBatch(ended)).toMatchObject({
      output_file_id: "file_1_output",
      error_file_id: "file_1_errors",
      completed_at: 9,
      expired_at: null,
    });
    const clean: Batch = { ...ended, status: "expired", counts: { ...counts, errored: 0, expired: 0 } };
    expect(encodeOpenaiBatch(clean)).toMatchObject({ error_file_id: null, completed_at: null, expired_at: 9 });
  });

  it("that failed says why, line by line", () => {
    const problem = { line: 2, code: "invalid_json_line", message: "Broken.", param: null };
    const failed: Batch = { ...running, status: "failed", endedAtMs: 9_000, problems: [problem], metadata: { a: "b" } };
    expect(encodeOpenaiBatch(failed)).toMatchObject({
      failed_at: 9,
      errors: { object: "list", data: [problem] },
      metadata: { a: "b" },
    });
  });

  it("is found by the ids of its files, and by no other file's", () => {
    for (const kind of ["output", "errors"] as const) {
      expect(parseOutputFileId(outputFileId("batch_1", kind))).toEqual({ batchId: "batch_1", kind });
    }
    expect(parseOutputFileId("file_1")).toBeNull();
  });
});

describe("a message batch", () => {
  it("counts everything as under way until it has ended", () => {
    expect(encodeMessageBatch({ ...running, api: "anthropic" }, "https://here/results")).toMatchObject({
      processing_status: "in_progress",
      request_counts: { processing: 6, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      ended_at: null,
      results_url: null,
    });
    expect(encodeMessageBatch({ ...running, status: "cancelling" }, "")).toMatchObject({
      processing_status: "canceling",
    });
    expect(encodeMessageBatch({ ...running, status: "cancelled", endedAtMs: 9_000 }, "https://here")).toMatchObject({
      processing_status: "ended",
      request_counts: { processing: 0, succeeded: 1, errored: 1, canceled: 1, expired: 1 },
      ended_at: "1970-01-01T00:00:09.000Z",
      results_url: "https://here",
    });
  });
});

describe("a line of results", () => {
  const read = (line: Uint8Array): unknown => {
    const text = Buffer.from(line).toString();
    expect(text.indexOf("\n")).toBe(text.length - 1);
    return JSON.parse(text);
  };

  it("of OpenAI's holds the answer as it came, on one line", () => {
    expect(read(encodeOutputLine(item))).toEqual({
      id: "batch_req_1_7",
      custom_id: 'it"em',
      response: { status_code: 200, request_id: "req_1", body: { id: "x\n" } },
      error: null,
    });
    const expired: BatchItem = { ...item, state: "expired", status: null, answer: null, requestId: null };
    expect(read(encodeOutputLine(expired))).toMatchObject({ response: null, error: { code: "batch_expired" } });
  });

  it("of Anthropic's says how the request ended", () => {
    expect(read(encodeMessageBatchResult(item))).toEqual({
      custom_id: 'it"em',
      result: { type: "succeeded", message: { id: "x\n" } },
    });
    const errored = { ...item, state: "errored", answer: Buffer.from('{"type":"error"}') } as const;
    expect(read(encodeMessageBatchResult(errored))).toMatchObject({
      result: { type: "errored", error: { type: "error" } },
    });
    for (const [state, type] of [
      ["cancelled", "canceled"],
      ["expired", "expired"],
    ] as const) {
      expect(read(encodeMessageBatchResult({ ...item, state, answer: null }))).toMatchObject({ result: { type } });
    }
  });
});
