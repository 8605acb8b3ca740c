import { GatewayError } from "@copilot-llm/model";

/** A conversation, and where it stands in the list. */
export interface SessionTip {
  readonly position: number;
  readonly conversation_id: string;
}

/** Where a page ended. */
export interface SessionCursor {
  /** `records`: along the records themselves; `words`: along the turns that the index of words found. */
  readonly walk: "records" | "words";
  /** It goes on before this position. */
  readonly before: number;
  /** A search: up to there the index answers, whatever it learns meanwhile. Zero where it is not asked. */
  readonly indexedThrough: number;
}

const letters = { records: "r", words: "w" } as const;

export function encodeCursor({ walk, before, indexedThrough }: SessionCursor): string {
  return `${letters[walk]}${before.toString(36)}-${indexedThrough.toString(36)}`;
}

export function parseCursor(cursor: string): SessionCursor {
  const [, letter, before, indexedThrough] = /^([rw])([0-9a-z]{1,11})-([0-9a-z]{1,11})$/.exec(cursor) ?? [];
  if (before === undefined || indexedThrough === undefined) {
    throw new GatewayError("invalid_request", "The cursor is not one that a page of this list gave.", {
      param: "cursor",
    });
  }
  return {
    walk: letter === letters.words ? "words" : "records",
    before: Number.parseInt(before, 36),
    indexedThrough: Number.parseInt(indexedThrough, 36),
  };
}
