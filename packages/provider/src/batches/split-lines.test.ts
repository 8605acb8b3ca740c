import { expect, it } from "vitest";
import { splitLines } from "./split-lines.js";

async function* inParts(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(text: string, size = 3, maxBytes = 100) {
  const lines = [];
  for await (const line of splitLines(inParts(text, size), maxBytes)) lines.push(line);
  return lines.map(({ number, offset, bytes }) => [number, offset, Buffer.from(bytes).toString()]);
}

it.each([1, 2, 3, 100])("tells where each line begins, however the file comes (%i bytes at a time)", async (size) => {
  const text = "\ufeffone\r\n\n \t\nzwölf\nlast";
  const bytes = Buffer.from(text);
  const lines = await linesOf(text, size);
  expect(lines.map(([number, , line]) => [number, line])).toEqual([
    [1, "one"],
    [4, "zwölf"],
    [5, "last"],
  ]);
  for (const [, offset, line] of lines) {
    const length = Buffer.byteLength(String(line));
    expect(bytes.subarray(Number(offset), Number(offset) + length).toString()).toBe(line);
  }
});

it("has none of an empty file", async () => {
  expect(await linesOf("")).toEqual([]);
  expect(await linesOf("\n\n")).toEqual([]);
});

it("holds no line that is too long", async () => {
  await expect(linesOf(`short\n${"x".repeat(101)}`)).rejects.toThrow("Line 2 of the file is longer than 100 bytes");
  expect(await linesOf(`${"x".repeat(100)}\r\n`)).toHaveLength(1);
});
