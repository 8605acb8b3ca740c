import { describe, expect, it } from "vitest";
import { LineReader } from "./line-reader.js";

const read = (chunks: readonly string[], maxBytes = 100) => {
  const reader = new LineReader(maxBytes);
  const lines = chunks.flatMap((chunk) => reader.push(Buffer.from(chunk)));
  return { lines, last: reader.finish() };
};

describe("line reader", () => {
  it("puts lines together from chunks cut anywhere", () => {
    expect(read(["a", "b\nc", "d\n\ne"])).toEqual({
      lines: [{ text: "ab" }, { text: "cd" }, { text: "" }],
      last: { text: "e" },
    });
  });

  it("keeps characters whole that are cut between chunks", () => {
    const [first, second] = [Buffer.from("é\n").subarray(0, 1), Buffer.from("é\n").subarray(1)];
    const reader = new LineReader(100);
    expect([...reader.push(first), ...reader.push(second)]).toEqual([{ text: "é" }]);
  });

  it("loses a line that is too long, and no other", () => {
    expect(read(["ok\n", "12345", "6", "\nok", "\n"], 5).lines).toEqual([
      { text: "ok" },
      { tooLong: true },
      { text: "ok" },
    ]);
  });

  it("has no last line after a line end", () => {
    expect(read(["a\n"]).last).toBeNull();
  });
});
