import { createNote } from "../note.js";
import type { CodePlace } from "../place.js";

/** The same for both languages: what the SDK reads by itself, and the code that says it openly. */
export function createCodePlace(language: CodePlace["language"], install: string, lines: readonly string[]): CodePlace {
  return {
    kind: "code",
    id: "code",
    title: createNote("title.code"),
    isAlternative: false,
    language,
    install,
    text: `${lines.join("\n")}\n`,
  };
}

/** A string in Python as in TypeScript. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
