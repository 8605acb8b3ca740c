import type { Clock } from "@copilot-llm/model";

/** Ends a recorded stream: a comment to every reader of event streams, and so no part of what the client got. */
const marker = "\n:copilot-llm-chunks ";
const radix = 36;

/** One piece of a recorded stream: where it ends in the body, and when it went out. */
export interface TimedChunk {
  readonly endByte: number;
  readonly atMs: number;
}

/**
 * When the chunks of a stream went out. The times stand behind the recorded body, a few bytes for each chunk; what
 * went out within one millisecond is one chunk.
 */
export class ChunkTimes {
  readonly #startedAtMs: number;
  readonly #originMs: number;
  /** How long each chunk is, and how many milliseconds after the one before it went out. */
  readonly #lengths: number[] = [];
  readonly #delays: number[] = [];
  #lastMs = 0;
  #length = 0;

  constructor(clock: Clock) {
    this.#startedAtMs = clock.nowMs();
    this.#originMs = clock.monotonicMs();
  }

  /** `monotonicMs` is the clock's, never earlier than the time before. */
  push(bytes: number, monotonicMs: number): void {
    const atMs = Math.round(monotonicMs - this.#originMs);
    const last = this.#lengths.length - 1;
    if (last >= 0 && atMs === this.#lastMs) this.#lengths[last] = (this.#lengths[last] ?? 0) + bytes;
    else {
      this.#lengths.push(bytes);
      this.#delays.push(atMs - this.#lastMs);
    }
    this.#lastMs = atMs;
    this.#length += bytes;
  }

  /** What follows the recorded body of so many bytes; those that were not pushed went out at `monotonicMs`. */
  encode(bodyBytes: number, monotonicMs: number): Uint8Array {
    if (bodyBytes > this.#length) this.push(bodyBytes - this.#length, monotonicMs);
    const chunks = this.#lengths.map((length, index) => {
      const delay = this.#delays[index] ?? 0;
      return `${length.toString(radix)}+${delay.toString(radix)}`;
    });
    return Buffer.from(`${marker}${[this.#startedAtMs.toString(radix), ...chunks].join(" ")}\n`);
  }
}

/** A recorded body as the client got it, and when its chunks went out; null where that was not kept. */
export function splitChunkTimes(recorded: Uint8Array): {
  readonly body: Uint8Array;
  readonly chunks: readonly TimedChunk[] | null;
} {
  const bytes = Buffer.from(recorded.buffer, recorded.byteOffset, recorded.byteLength);
  const at = bytes.lastIndexOf(marker);
  if (at === -1) return { body: recorded, chunks: null };
  const [startedAt = "", ...parts] = bytes
    .toString("latin1", at + marker.length)
    .trimEnd()
    .split(" ");
  let endByte = 0;
  let atMs = Number.parseInt(startedAt, radix);
  const chunks = parts.map((part): TimedChunk => {
    const [length = "", delay = ""] = part.split("+");
    endByte += Number.parseInt(length, radix);
    atMs += Number.parseInt(delay, radix);
    return { endByte, atMs };
  });
  // Whatever looks like the comment and does not fit the body is the body's own.
  return endByte === at ? { body: recorded.subarray(0, at), chunks } : { body: recorded, chunks: null };
}
