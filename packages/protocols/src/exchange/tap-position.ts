import type { StreamPosition } from "../codec/stream-observer.js";

/** How far a stream came; only numbers are kept of each event. */
export class TapPosition implements StreamPosition {
  #bytes: Uint8Array | null = null;
  #start = 0;
  #end = 0;
  eventCount = 0;

  /** The data of the next event. */
  note(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.eventCount += 1;
  }

  get lastData(): Uint8Array | null {
    return this.#bytes === null ? null : this.#bytes.subarray(this.#start, this.#end);
  }
}
