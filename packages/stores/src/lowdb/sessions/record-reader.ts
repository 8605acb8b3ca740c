import type { RecordedRequest } from "../../interfaces/ledger.js";
import type { LogPosition } from "../../segment-log/log-position.js";
import type { OpenSegment, SegmentReader } from "../../segment-log/segment-reader.js";
import type { LoggedEntry } from "../ledger/ledger-entry.js";

/** Reads many records, segment by segment: the last segment stays open. One reader, one consumer; to be closed. */
export class RecordReader {
  readonly #segments: SegmentReader<LoggedEntry>;
  #open: { readonly segment: number; readonly entries: OpenSegment<LoggedEntry> | null } | null = null;

  constructor(segments: SegmentReader<LoggedEntry>) {
    this.#segments = segments;
  }

  /** Null when the record is gone or damaged. */
  async read({ segment, offset }: LogPosition): Promise<RecordedRequest | null> {
    if (this.#open?.segment !== segment) {
      await this.close();
      this.#open = { segment, entries: await this.#segments.open(segment) };
    }
    const read = (await this.#open.entries?.read(offset)) ?? null;
    return read?.value.kind === "request" ? { record: read.value.record, bodies: read.bodies } : null;
  }

  async close(): Promise<void> {
    await this.#open?.entries?.close();
    this.#open = null;
  }
}
