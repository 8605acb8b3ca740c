import { englishNotes, type NoteKey } from "./english-notes.js";

/** A sentence for a person, by key, so that each surface can say it in the reader's language. */
export interface Note {
  readonly key: NoteKey;
  /** What stands for `{name}` in the text. */
  readonly values: Readonly<Record<string, string>>;
}

/** A note without anything to fill in, or with it. */
export function createNote(key: NoteKey, values: Readonly<Record<string, string>> = {}): Note {
  return { key, values };
}

/** The sentence; in English unless texts of another language are given. */
export function encodeNote(note: Note, texts: Readonly<Record<NoteKey, string>> = englishNotes): string {
  return texts[note.key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => note.values[name] ?? whole);
}
