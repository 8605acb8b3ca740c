import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "./event.js";
import type { AssistantPart } from "./part.js";
import type { FinishReason } from "./response.js";
import { createRefusalTeller, tellRefusal } from "./tell-refusal.js";

const refused: FinishReason = { unified: "refusal", raw: "refusal", stopSequence: null };
const told = { type: "refusal", text: "The model declined to answer." } as const;
const text = { type: "text", text: "First, take", cache: null } as const;
const refusal = { type: "refusal", text: "No." } as const;

function whole(content: readonly AssistantPart[], finish = refused): readonly AssistantPart[] {
  const metadata = { id: null, model: null, createdAtSeconds: null };
  return tellRefusal({ metadata, content, finish, usage: { tokens: null, nanoAiu: null } }).content;
}

function streamed(kind: "text" | "refusal", words: string, finish = refused): string[] {
  const tell = createRefusalTeller();
  const events: CanonicalEvent[] = [
    { type: "text-start", id: "0", kind },
    { type: "text-delta", id: "0", text: words },
    { type: "text-end", id: "0" },
    { type: "finish", finish },
  ];
  return events
    .flatMap((event) => [...tell(event)])
    .map((event) => (event.type === "text-start" ? event.kind : event.type === "text-delta" ? event.text : event.type));
}

describe("a refusal", () => {
  it("comes behind what was said before, whole and in a stream", () => {
    expect(whole([text])).toEqual([text, told]);
    expect(whole([])).toEqual([told]);
    const last = [told.type, told.text, "text-end", "finish"];
    expect(streamed("text", "First, take")).toEqual(["text", "First, take", "text-end", ...last]);
  });

  it("is told once, and only where there is one", () => {
    expect(whole([refusal])).toEqual([refusal]);
    expect(streamed("refusal", "No.")).toEqual(["refusal", "No.", "text-end", "finish"]);
    expect(whole([text], { ...refused, unified: "stop" })).toEqual([text]);
    expect(streamed("text", "x", { ...refused, unified: "length" })).toHaveLength(4);
  });
});
