const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;
const lineFeed = 0x0a;
/** What may stand behind a backslash and is written so by every writer of JSON: `"` `\` `n` `r` `t`. */
const plainEscapes: ReadonlySet<number> = new Set([quote, backslash, 0x6e, 0x72, 0x74]);

/**
 * One event of a stream whose like comes again and again: most events of an answer are the same bytes but for one JSON
 * string, the next words. What was found out about one of them holds for all, so that they need not be parsed.
 */
export class KnownEvent {
  /** Up to the string's opening quote. */
  readonly head: Buffer;
  /** From its closing quote on, the blank line included. */
  readonly tail: Buffer;
  /** Where the string of the event that `endOf` found last stands, without quotes. */
  textStart = 0;
  textEnd = 0;

  private constructor(head: Uint8Array, tail: Uint8Array) {
    this.head = Buffer.from(head);
    this.tail = Buffer.from(tail);
  }

  /**
   * The event from `start` to `end` as one to be known again by all but the string behind the first of `openings`
   * (`"content":"`) that it holds; null when it holds none, holds the same string twice, or does not end in a blank line. An
   * opening cannot stand inside of a string, where its quotes would be escaped.
   */
  static of(bytes: Buffer, start: number, end: number, openings: readonly Buffer[]): KnownEvent | null {
    if (bytes[end - 1] !== lineFeed || bytes[end - 2] !== lineFeed) return null;
    for (const opening of openings) {
      const at = bytes.indexOf(opening, start);
      const textStart = at + opening.length;
      if (at === -1 || textStart >= end) continue;
      const textEnd = findTextEnd(bytes, textStart, end);
      if (textEnd <= textStart || !isOnce(bytes, start, textStart, textEnd, end)) continue;
      const event = new KnownEvent(bytes.subarray(start, textStart), bytes.subarray(textEnd, end));
      event.textStart = textStart;
      event.textEnd = textEnd;
      return event;
    }
    return null;
  }

  /** The offset behind the event when one like this stands at `at`, whole; -1 otherwise. Notes where its text is. */
  endOf(bytes: Uint8Array, at: number): number {
    const { head, tail } = this;
    const textStart = at + head.length;
    if (textStart + tail.length > bytes.length) return -1;
    // The end of the head tells events apart soonest.
    if (bytes[textStart - 1] !== quote || head.compare(bytes, at, textStart) !== 0) return -1;
    const textEnd = findTextEnd(bytes, textStart, bytes.length);
    const end = textEnd + tail.length;
    // No text is often another event than some.
    if (textEnd <= textStart || end > bytes.length) return -1;
    for (let index = 0; index < tail.length; index += 1) if (bytes[textEnd + index] !== tail[index]) return -1;
    this.textStart = textStart;
    this.textEnd = textEnd;
    return end;
  }
}

/** Where the string's closing quote stands; -1 when there is none, or what is written in more than one way comes first. */
function findTextEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at;
    if (byte < firstPrintable) return -1;
    if (byte !== backslash) continue;
    at += 1;
    if (!plainEscapes.has(bytes[at] ?? 0)) return -1;
  }
  return -1;
}

/** Whether the string stands nowhere else in the event. */
function isOnce(bytes: Buffer, start: number, textStart: number, textEnd: number, end: number): boolean {
  const quoted = bytes.subarray(textStart - 1, textEnd + 1);
  if (bytes.indexOf(quoted, start) !== textStart - 1) return false;
  const next = bytes.indexOf(quoted, textStart);
  return next === -1 || next >= end;
}
