import { englishNotes } from "@copilot-llm/connect";
import { describe, expect, it } from "vitest";
import { messagesByLocale } from "../../testing/all-messages";

describe("the notes of the connect page", () => {
  it("are those of the connect package, word by word in English", () => {
    const { notes } = messagesByLocale.en.connect;
    const flat = Object.entries(notes).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]),
    );
    expect(Object.fromEntries(flat)).toEqual(englishNotes);
  });
});
