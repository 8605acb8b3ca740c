import { describe, expect, it } from "vitest";
import { AnswerReader } from "./answer-reader.js";

const chunk = (delta: Record<string, unknown>, finishReason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`;
const done = "data: [DONE]\n\n";

function read(text: string) {
  const pieces: string[] = [];
  const reader = new AnswerReader((piece) => pieces.push(piece));
  reader.push(Buffer.from(text));
  return { pieces, finish: () => reader.finish() };
}

describe("answer reader", () => {
  it("gives the text piece by piece, then whole with finish reason and usage", () => {
    const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } })}\n\n`;
    const { pieces, finish } = read(
      chunk({ content: "Hel" }) + chunk({ content: "lo" }) + chunk({}, "stop") + usage + done,
    );
    expect(pieces).toEqual(["Hel", "lo"]);
    expect(finish()).toMatchObject({
      text: "Hello",
      finishReason: "stop",
      usage: { tokens: { inputTokens: 3, outputTokens: 2 } },
    });
  });

  it("takes a refusal for text", () => {
    expect(read(chunk({ refusal: "No." }) + chunk({}, "content_filter") + done).finish()).toMatchObject({
      text: "No.",
      finishReason: "content_filter",
    });
  });

  it.each([
    ["length", "length"],
    ["tool_calls", "other"],
  ])("reads the finish reason %s as %s", (told, finishReason) => {
    expect(read(chunk({ content: "x" }, told) + done).finish()).toMatchObject({ finishReason });
  });

  it("passes over what is no chunk", () => {
    const { finish } = read(`: heartbeat\n\ndata: nonsense\n\ndata: null\n\n${chunk({ content: "x" }, "stop")}${done}`);
    expect(finish()).toMatchObject({ text: "x" });
  });

  it("tells the error of a stream that ends in one", () => {
    const error = `data: ${JSON.stringify({ error: { message: "overloaded", code: "server_error" } })}\n\n`;
    expect(read(chunk({ content: "x" }) + error).finish).toThrowError(
      expect.objectContaining({ code: "upstream_error", message: "overloaded" }),
    );
  });

  it("tells when a stream breaks off", () => {
    expect(read(chunk({ content: "x" })).finish).toThrowError(expect.objectContaining({ code: "upstream_error" }));
  });
});
