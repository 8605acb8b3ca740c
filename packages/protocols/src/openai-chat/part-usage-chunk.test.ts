import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitBytes } from "../testing/split-bytes.js";
import { createUsageChunkParter } from "./part-usage-chunk.js";

const head = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const content = (text: string) =>
  event({ ...head, choices: [{ index: 0, delta: { content: text }, finish_reason: null }] });
const finish = { ...head, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
const usage = { usage: { prompt_tokens: 7, completion_tokens: 2 }, copilot_usage: { total_nano_aiu: 9 } };
const own = event({ ...head, choices: [], ...usage });
const done = "data: [DONE]\n\n";

function run(chunks: readonly Uint8Array[]): string {
  const parter = createUsageChunkParter();
  return Buffer.concat([...chunks.map((chunk) => Buffer.from(parter.push(chunk))), parter.finish()]).toString();
}

describe("usage beside a choice, for a client that asked for it (requirement: chat-usage-chunk)", () => {
  const words = content('Ünï 👍 data: [DONE] "usage":{}') + content("and");

  it("comes in a last chunk of its own, alike wherever the stream is cut", () => {
    const stream = Buffer.from(words + event({ ...finish, ...usage }) + content("late") + done);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 9 }), (cuts) => {
        expect(run(splitBytes(stream, cuts))).toBe(words + event(finish) + content("late") + own + done);
      }),
    );
  });

  it("comes at the end of a stream that does not say so", () => {
    expect(run([Buffer.from(words + event({ ...finish, ...usage }))])).toBe(words + event(finish) + own);
    const cut = event({ ...finish, ...usage }).trimEnd();
    expect(run([Buffer.from(cut)])).toBe(`${event(finish).trimEnd()}\n\n${own}`);
  });

  it("is told once where the service tells it again", () => {
    expect(run([Buffer.from(event({ ...finish, ...usage })), Buffer.from(own + done)])).toBe(
      event(finish) + own + done,
    );
  });

  it("leaves every other stream as it is, byte for byte", () => {
    const parter = createUsageChunkParter();
    for (const text of [words, event(finish), event({ ...finish, usage: null }), own, done]) {
      const chunk = Buffer.from(text);
      expect(parter.push(chunk)).toBe(chunk);
    }
  });
});
