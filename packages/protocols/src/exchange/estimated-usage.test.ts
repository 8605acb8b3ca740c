import type { Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { CanonicalResponse } from "../canonical/response.js";
import { answerPlan } from "../testing/answer-plan.js";
import { splitBytes } from "../testing/split-bytes.js";
import { streamBytes } from "../testing/stream-answer.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";

const words = `${"four ".repeat(79)}"end"`;

function outputTokens(upstream: Wire, text: string, cuts: readonly number[] = []): number {
  const answer: CanonicalResponse = {
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content: [{ type: "text", text, cache: null }],
    finish: { unified: "stop", raw: null, stopSequence: null },
    usage: { tokens: null, nanoAiu: null },
  };
  const chunks = splitBytes(streamBytes(answer, upstream), cuts);
  const { bytes, result } = translateStream(answerPlan("anthropic-messages", upstream), chunks);
  expect(result.usage.tokens).toBeNull();
  const delta = readEvents(bytes).find(({ event }) => event === "message_delta");
  return JSON.parse(delta?.data ?? "{}").usage.output_tokens;
}

describe("a stream that tells no usage, for a Messages client", () => {
  it("ends in about how many tokens it held", () => {
    const told = outputTokens("openai-chat", words);
    expect(told).toBeGreaterThan(95);
    expect(told).toBeLessThan(110);
    for (const cuts of [[100, 900], [500], [1, 2, 3, 4000]])
      expect(outputTokens("openai-chat", words, cuts)).toBe(told);
    expect(outputTokens("openai-chat", "")).toBe(1);
  });
});
