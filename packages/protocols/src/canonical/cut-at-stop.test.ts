import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../canonical/event.js";
import { createStopCutter } from "./cut-at-stop.js";

function cut(sequences: readonly string[], pieces: readonly string[]) {
  const cutter = createStopCutter(sequences);
  const events: CanonicalEvent[] = [
    { type: "text-start", id: "0", kind: "text" },
    ...pieces.map((text): CanonicalEvent => ({ type: "text-delta", id: "0", text })),
    { type: "text-end", id: "0" },
    { type: "usage", usage: { tokens: null, nanoAiu: 1 } },
    { type: "finish", finish: { unified: "length", raw: "r", stopSequence: null } },
  ];
  const kept = events.flatMap((event) => [...cutter(event)]);
  const text = kept.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
  return { text, kept, finish: kept.at(-1) };
}

describe("stop sequences on a wire that has none", () => {
  it("ends the text before the first of them, though it comes in pieces", () => {
    const { text, kept, finish } = cut(["STOP", "END"], ["a ST", "O", "P b", " END"]);
    expect(text).toBe("a ");
    expect(finish).toEqual({ type: "finish", finish: { unified: "stop", raw: "r", stopSequence: "STOP" } });
    expect(kept.filter(({ type }) => type === "text-end")).toHaveLength(1);
    expect(kept.some(({ type }) => type === "usage")).toBe(true);
  });

  it("gives out what only looked like the beginning of one", () => {
    const { text, finish } = cut(["STOP"], ["a ST", "AR", "T ST"]);
    expect(text).toBe("a START ST");
    expect(finish).toMatchObject({ finish: { unified: "length" } });
  });

  it("cuts as a whole text would be cut, for any pieces", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 2 }),
        fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 4 })),
        (sequences, pieces) => {
          const whole = pieces.join("");
          const places = sequences.map((sequence) => whole.indexOf(sequence)).filter((at) => at !== -1);
          // A longer sequence that began earlier may end later; the one that is complete first wins.
          const { text } = cut(sequences, pieces);
          const { text: inOne } = cut(sequences, [whole]);
          expect(whole.startsWith(text)).toBe(true);
          if (places.length === 0) expect(text).toBe(whole);
          else expect(text.length).toBeGreaterThanOrEqual(inOne.length);
          for (const sequence of sequences) expect(text).not.toContain(sequence);
        },
      ),
    );
  });
});
