import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "../testing/property-runs.js";
import { splitBytes } from "../testing/split-bytes.js";
import { encodeSseEvent } from "./encode-sse-event.js";
import { createSseReader, type SseEvent } from "./sse-reader.js";

const encoder = new TextEncoder();

function readAll(bytes: Uint8Array, cuts: readonly number[] = [], maxEventCharacters?: number): SseEvent[] {
  const reader = createSseReader(maxEventCharacters === undefined ? {} : { maxEventCharacters });
  const events = splitBytes(bytes, cuts).flatMap((chunk) => [...reader.push(chunk)]);
  return [...events, ...reader.finish()];
}

const read = (text: string): SseEvent[] => readAll(encoder.encode(text));

describe("SSE reader", () => {
  it("reads names and data at LF, CR and CRLF", () => {
    const expected = [
      { event: "a", data: "1" },
      { event: "", data: "2" },
    ];
    expect(read("event: a\ndata: 1\n\ndata: 2\n\n")).toEqual(expected);
    expect(read("event: a\rdata: 1\r\rdata: 2\r\r")).toEqual(expected);
    expect(read("event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n")).toEqual(expected);
  });

  it("joins several data lines with a line feed", () => {
    expect(read("data: a\ndata:b\ndata\n\n")).toEqual([{ event: "", data: "a\nb\n" }]);
  });

  it("takes off one leading space only", () => {
    expect(read("data:  a \n\n")).toEqual([{ event: "", data: " a " }]);
  });

  it("ignores comments, other fields, events without data and a leading byte order mark", () => {
    expect(read("\uFEFF: hi\nid: 1\nretry: 5\nevent: lost\n\n: keep-alive\n\ndata: x\n\n")).toEqual([
      { event: "", data: "x" },
    ]);
  });

  it("gives a last event that lacks its blank line", () => {
    expect(read("data: [DONE]")).toEqual([{ event: "", data: "[DONE]" }]);
    expect(read("data: [DONE]\n")).toEqual([{ event: "", data: "[DONE]" }]);
  });

  it("refuses an event above its size limit with a typed error", () => {
    expect(() => readAll(encoder.encode(`data: ${"x".repeat(200)}\n\n`), [], 100)).toThrowError(
      expect.objectContaining({ code: "upstream_error" }),
    );
    expect(() => readAll(encoder.encode(`data: ${"x".repeat(200)}`), [], 100)).toThrowError(
      expect.objectContaining({ code: "upstream_error" }),
    );
  });

  it("takes any number of small events and comments under a small limit", () => {
    const text = ": comment\n".repeat(100) + "data: abc\n\n".repeat(100);
    expect(readAll(encoder.encode(text), [], 20)).toHaveLength(100);
  });

  it("gives the same events for any split of the bytes", () => {
    const text = "event: a\r\ndata: 1\r\n\r\n: c\n\ndata: \u00e4\u20ac\u{1F600}\rdata: z\r\r\ndata: [DONE]\n\n";
    const bytes = encoder.encode(text);
    const whole = readAll(bytes);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
        expect(readAll(bytes, cuts)).toEqual(whole);
      }),
      propertyRuns(100),
    );
  });

  it("gives an event as soon as its last line ends, in whatever end of line", () => {
    for (const lineEnd of ["\n", "\r\n", "\r"]) {
      const reader = createSseReader();
      expect(reader.push(encoder.encode(`data: 1${lineEnd}${lineEnd}`))).toEqual([{ event: "", data: "1" }]);
      expect(reader.push(encoder.encode(`data: 2${lineEnd}`))).toEqual([]);
      expect(reader.push(encoder.encode(lineEnd))).toEqual([{ event: "", data: "2" }]);
      expect(reader.finish()).toEqual([]);
    }
  });

  it("takes a byte order mark off the beginning only, and nothing that looks like one", () => {
    expect(read("\uFEFFdata: \uFEFFx\n\n")).toEqual([{ event: "", data: "\uFEFFx" }]);
    expect(read("\uFEFF\uFEFFdata: x\n\n")).toEqual([]);
    expect(read("\u00EF\u00BB\u00BFdata: x\n\n")).toEqual([]);
  });

  it("reads broken UTF-8 alike wherever it is cut", () => {
    const lines = fc
      .constantFrom("data: ", "event: ", ": ", "\n", "\r", "\r\n", "\n\n", "x", "é", "👍🏽")
      .map((text) => [...encoder.encode(text)]);
    const broken = fc.constantFrom(
      [0xff],
      [0xc3],
      [0xe2, 0x82],
      [0xf0, 0x9f],
      [0x80],
      [0xed, 0xa0, 0x80],
      [0xef, 0xbb],
    );
    const cuts = fc.array(fc.integer({ min: 0, max: 80 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, broken), { maxLength: 20 }), cuts, (parts, at) => {
        const bytes = Uint8Array.from(parts.flat());
        expect(readAll(bytes, at)).toEqual(readAll(bytes));
      }),
      propertyRuns(200),
    );
  });

  it("reads back what encodeSseEvent wrote", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z._]{0,12}$/),
        fc.string({ unit: fc.constantFrom("a", " ", ":", "\n", "\r", "\r\n", "é", "👍🏽") }),
        (event, data) => {
          const bytes = encodeSseEvent(event, data);
          expect(readAll(bytes)).toEqual([{ event, data: data.replace(/\r\n|\r/g, "\n") }]);
        },
      ),
    );
  });

  it("never fails on arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.integer({ min: 0, max: 400 })), (bytes, cuts) => {
        readAll(bytes, cuts);
      }),
      propertyRuns(100),
    );
  });
});
