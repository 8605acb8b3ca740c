import type { Clock } from "@copilot-llm/model";
import { listSettledItems } from "../batches/settled-items.js";
import type { LedgerEntry } from "../interfaces/ledger.js";
import { ByteWriter } from "./record-batch/byte-writer.js";
import { encodeBatch } from "./record-batch/encode-batch.js";
import type { Thread } from "./thread/start-thread.js";
import type { WriterCalls } from "./writer/serve-writer.js";

const smallestBufferBytes = 1 << 16;
/** Larger memory is given back to the system after use. */
const largestKeptBytes = 8 << 20;

/**
 * Sends batches to the writing thread, each in one piece of memory that is handed over and comes back with the answer:
 * new memory costs more than to write into it.
 */
export class BatchSender {
  readonly #thread: Thread<WriterCalls>;
  readonly #clock: Clock;
  readonly #writer = new ByteWriter();
  #spare: ArrayBuffer | null = null;

  constructor(thread: Thread<WriterCalls>, clock: Clock) {
    this.#thread = thread;
    this.#clock = clock;
  }

  /** Returns which entries were on record already. */
  async send(entries: readonly LedgerEntry[]): Promise<readonly number[]> {
    const buffer = encodeBatch(this.#writer, entries, (bytes) => this.#take(bytes));
    const batch = { buffer, settled: listSettledItems(entries), nowMs: this.#clock.nowMs() };
    const answer = await this.#thread.call("append", batch, [buffer]);
    if (answer.buffer.byteLength <= largestKeptBytes) this.#spare = answer.buffer;
    return answer.known;
  }

  #take(bytes: number): ArrayBuffer {
    const spare = this.#spare;
    this.#spare = null;
    if (spare !== null && spare.byteLength >= bytes) return spare;
    let size = smallestBufferBytes;
    while (size < bytes) size *= 2;
    return Buffer.allocUnsafeSlow(size).buffer as ArrayBuffer;
  }
}
