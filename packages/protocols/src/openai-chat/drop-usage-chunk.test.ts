import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitBytes } from "../testing/split-bytes.js";
import { createUsageChunkDropper } from "./drop-usage-chunk.js";

const content = (text: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }], usage: null })}\n\n`;
const usage = { prompt_tokens: 7, completion_tokens: 2 };
const usageChunk = `data: ${JSON.stringify({ choices: [], usage, copilot_usage: { total_nano_aiu: 9 } })}\n\n`;
const done = "data: [DONE]\n\n";

function run(chunks: readonly Uint8Array[]) {
  const dropper = createUsageChunkDropper();
  const bytes = Buffer.concat([...chunks.map((chunk) => Buffer.from(dropper.push(chunk))), dropper.finish()]);
  return { text: bytes.toString(), withheld: dropper.withheld };
}

describe("the usage chunk of a client that did not ask for it", () => {
  it("is kept back and read, alike wherever it is cut", () => {
    const before = content('Ünï 👍 "usage":{}') + content("and");
    const stream = Buffer.from(before + usageChunk + done);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 9 }), (cuts) => {
        const { text, withheld } = run(splitBytes(stream, cuts));
        expect(text).toBe(before + done);
        expect(withheld).toMatchObject({ tokens: { inputTokens: 7, outputTokens: 2 }, nanoAiu: 9 });
      }),
    );
  });

  it("goes with its event's end when that comes later, and when nothing does", () => {
    expect(run([Buffer.from(`${usageChunk.trimEnd()}\n`), Buffer.from("\r\n"), Buffer.from(done)]).text).toBe(done);
    expect(run([Buffer.from(content("x")), Buffer.from(usageChunk.trimEnd())]).text).toBe(content("x"));
  });

  it("is no other chunk: filter results, usage beside a choice, text about usage", () => {
    const others = [
      'data: {"choices":[],"prompt_filter_results":[]}\n\n',
      `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":${JSON.stringify(usage)}}\n\n`,
      ': "usage"\n\n',
      'data: "usage"\n\n',
    ];
    const bytes = others.map((text) => Buffer.from(text));
    const dropper = createUsageChunkDropper();
    for (const chunk of bytes) expect(dropper.push(chunk)).toBe(chunk);
    expect(dropper.withheld).toBeNull();
  });
});
