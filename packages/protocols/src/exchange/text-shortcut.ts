import { KnownEvent } from "../sse/known-event.js";

/** So many events are looked at one by one before it is given up that their like comes again. */
const mostTries = 48;

/**
 * The short way of a stream's words into another protocol. Decoders and encoders are machines: an event that left them in
 * the state that it found, and came out as one event with the same string in it, does so with any other string. So the
 * bytes around the string are exchanged, and nothing is parsed. Holds until a state changes.
 */
export class TextShortcut {
  readonly #from: readonly Buffer[];
  readonly #to: readonly Buffer[];
  #known: KnownEvent | null = null;
  #head = "";
  #tail = "";
  #triesLeft = mostTries;

  /** The openings of the upstream's deltas and of the client's. */
  constructor(from: readonly Buffer[], to: readonly Buffer[]) {
    this.#from = from;
    this.#to = to;
    if (from.length === 0 || to.length === 0) this.#triesLeft = 0;
  }

  /** Whether events are worth being taken one by one. */
  get isUseful(): boolean {
    return this.#known !== null || this.#triesLeft > 0;
  }

  /** Notes that an event of the upstream, from `start` to `end`, came out as `output` and changed no state. */
  learn(bytes: Buffer, start: number, end: number, output: string): void {
    this.#triesLeft -= 1;
    const known = KnownEvent.of(bytes, start, end, this.#from);
    if (known === null) return;
    const out = Buffer.from(output);
    const written = KnownEvent.of(out, 0, out.length, this.#to);
    if (written === null) return;
    const isSameText = out.compare(bytes, known.textStart, known.textEnd, written.textStart, written.textEnd) === 0;
    if (!isSameText) return;
    this.#known = known;
    this.#head = written.head.toString();
    this.#tail = written.tail.toString();
    this.#triesLeft = mostTries;
  }

  /** A state changed. */
  forget(): void {
    this.#triesLeft -= 1;
    this.#known = null;
  }

  /** The offset behind the event at `at` when its way is known; -1 otherwise. */
  endOf(bytes: Buffer, at: number): number {
    return this.#known === null ? -1 : this.#known.endOf(bytes, at);
  }

  /** How long the string in the event is that `endOf` found last. */
  get textBytes(): number {
    return this.#known === null ? 0 : this.#known.textEnd - this.#known.textStart;
  }

  /** The client's event for the one that `endOf` found last. */
  translate(bytes: Buffer): string {
    const { textStart = 0, textEnd = 0 } = this.#known ?? {};
    return this.#head + bytes.toString("utf8", textStart, textEnd) + this.#tail;
  }
}
