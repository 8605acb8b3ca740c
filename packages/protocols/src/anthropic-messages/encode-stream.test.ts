import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../canonical/event.js";
import { answerIds } from "../testing/answer-ids.js";
import { readEvents } from "../testing/translate-stream.js";
import { anthropicMessages } from "./anthropic-messages.js";

const call = (id: string): CanonicalEvent => ({
  type: "tool-input-start",
  id,
  kind: "function",
  name: `tool-${id}`,
  namespace: null,
});
const input = (id: string, text: string): CanonicalEvent => ({ type: "tool-input-delta", id, text });
const end = (id: string): CanonicalEvent => ({ type: "tool-input-end", id });
const finish: CanonicalEvent = { type: "finish", finish: { unified: "tool-calls", raw: null, stopSequence: null } };

/** The blocks' events, each as its type and place. */
function blocksOf(events: readonly CanonicalEvent[]): string[] {
  const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
  const encoder = anthropicMessages.createStreamEncoder(context);
  const text = [...events.flatMap((event) => [...encoder.push(event)]), ...encoder.finish()].join("");
  return readEvents(Buffer.from(text))
    .map(({ data }) => JSON.parse(data) as JsonObject)
    .filter(({ index }) => index !== undefined)
    .map(({ type, index, delta }) => {
      const json = (delta as JsonObject | undefined)?.partial_json;
      return `${index} ${String(type).replace("content_block_", "")}${json === undefined ? "" : ` ${json}`}`;
    });
}

describe("Messages streams", () => {
  it("hold one block after the other, though calls come mixed", () => {
    const mixed = [call("a"), input("a", "1"), call("b"), input("b", "2"), input("a", "3"), end("a"), input("b", "4")];
    expect(blocksOf([...mixed, end("b"), finish])).toEqual([
      "0 start",
      "0 delta 1",
      "0 delta 3",
      "0 stop",
      "1 start",
      "1 delta 2",
      "1 delta 4",
      "1 stop",
    ]);
  });

  it("lose no block when the answer ends before the first was ended", () => {
    const events = [call("a"), call("b"), call("c"), input("b", "2"), input("c", "3"), end("b"), finish];
    expect(blocksOf(events)).toEqual([
      "0 start",
      "1 start",
      "1 delta 2",
      "1 stop",
      "2 start",
      "2 delta 3",
      "0 stop",
      "2 stop",
    ]);
  });
});
