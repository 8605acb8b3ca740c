import { KnownEvent } from "../sse/known-event.js";
import { type EventSizes, noteSize } from "./event-sizes.js";

/** So many events in vain, and the like of none will come. */
const mostTries = 16;

/** Passes by what a tap need not look into: events that differ in their words only from one that it looked over. */
export class KnownDeltas {
  readonly #openings: readonly Buffer[];
  #known: KnownEvent | null = null;
  /** Of the event's data, without its words. */
  #envelopeBytes = 0;
  #triesLeft = mostTries;
  #eventsBefore = 0;
  #bytesBefore = 0;

  constructor(openings: readonly Buffer[]) {
    this.#openings = openings;
  }

  /** An event that told nothing has ended, and is counted. `start` is negative when it began in another chunk. */
  learn(bytes: Uint8Array, start: number, end: number, sizes: EventSizes): void {
    const isOne = sizes.events === this.#eventsBefore + 1;
    const dataBytes = sizes.bytes - this.#bytesBefore;
    this.#note(sizes);
    if (!isOne || start < 0 || this.#triesLeft === 0) return;
    this.#triesLeft -= 1;
    const known = KnownEvent.of(toBuffer(bytes), start, end, this.#openings);
    if (known === null) return;
    this.#known = known;
    this.#envelopeBytes = dataBytes - (known.textEnd - known.textStart);
  }

  /** The offset behind the known events that stand from `start` on; they are counted. */
  skip(bytes: Uint8Array, start: number, sizes: EventSizes): number {
    const known = this.#known;
    let at = start;
    if (known !== null) {
      for (let end = known.endOf(bytes, at); end !== -1; end = known.endOf(bytes, at)) {
        noteSize(sizes, this.#envelopeBytes + known.textEnd - known.textStart);
        at = end;
        this.#triesLeft = mostTries;
      }
    }
    this.#note(sizes);
    return at;
  }

  /** True when the bytes are known events, whole ones, and nothing else. */
  cover(bytes: Uint8Array): boolean {
    let at = 0;
    while (at !== -1 && at < bytes.length) at = this.#known?.endOf(bytes, at) ?? -1;
    return at === bytes.length;
  }

  /** What is counted from here on is the next event's. */
  #note({ events, bytes }: EventSizes): void {
    this.#eventsBefore = events;
    this.#bytesBefore = bytes;
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
