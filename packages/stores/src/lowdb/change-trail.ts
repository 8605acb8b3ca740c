import type { AuditEvent, Clock, Log } from "@copilot-llm/model";
import * as z from "zod";
import type { AuditStore } from "../interfaces/audit-store.js";
import type { LogPosition } from "../segment-log/log-position.js";
import { SegmentLog } from "../segment-log/segment-log.js";

/** Events as documents keep them beside what they tell of. */
export const keptEventsSchema = z.array(
  z.strictObject({
    id: z.string(),
    atMs: z.number(),
    actor: z.string(),
    action: z.string(),
    subjectId: z.string().nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
);

export interface ChangeTrailOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The trail as a log of its own; memory holds where each event stands. A change and its event reach the disk in one
 * write, in the change's own file; from there the event is taken over here, and is on the trail from that moment. While
 * the log cannot be written, and when the process ends before it is, the event stays where the change is.
 */
export class ChangeTrail implements AuditStore {
  readonly #options: ChangeTrailOptions;
  readonly #places: (LogPosition & { readonly id: string })[] = [];
  /** On disk with their changes, in the order of these, and not in the log yet. */
  #unwritten: readonly AuditEvent[] = [];
  #log: SegmentLog<AuditEvent> | null = null;
  #writing: Promise<void> | null = null;
  #holds = 0;
  #isStarted = false;

  constructor(options: ChangeTrailOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#log = await SegmentLog.open<AuditEvent>({
      ...this.#options,
      fsync: "always",
      whenWriteFails: "fail",
      segmentBytes: 16 << 20,
      segmentEntries: 1 << 16,
      maxPendingBytes: 16 << 20,
      // Events have had one form so far.
      decode: (stored) => stored as AuditEvent,
      replayFrom: 1,
      onEntry: ({ id }, position) => {
        this.#places.push({ ...position, id });
        this.#unwritten = this.#unwritten.filter((event) => event.id !== id);
      },
      onSealed: () => undefined,
    });
  }

  /** Takes over an event that is on disk with its change. What is in the log already is passed over. */
  adopt(event: AuditEvent): void {
    if (this.#isWritten(event.id) || this.#unwritten.some(({ id }) => id === event.id)) return;
    this.#unwritten = [...this.#unwritten, event];
    if (this.#isStarted) this.#flushLater();
  }

  /** Whether whoever keeps the event with its change may let go of it. */
  hasTaken(eventId: string): boolean {
    return this.#holds === 0 && this.#isWritten(eventId);
  }

  /** Until the hold is ended every event stays with its change as well, whatever is in the log. */
  hold(): () => void {
    this.#holds += 1;
    return () => {
      this.#holds -= 1;
    };
  }

  /** To be called when everybody has handed over what an earlier process left, in any order. */
  start(): void {
    this.#unwritten = this.#unwritten
      .filter(({ id }) => !this.#isWritten(id))
      .sort((one, other) => one.atMs - other.atMs);
    this.#isStarted = true;
    this.#flushLater();
  }

  /** Resolves when every event so far is in the log; throws while that cannot be written. */
  async flush(): Promise<void> {
    while (this.#unwritten.length > 0) {
      this.#writing ??= this.#writeAll().finally(() => {
        this.#writing = null;
      });
      await this.#writing;
    }
  }

  async append(event: AuditEvent): Promise<void> {
    await this.flush();
    await this.#openLog.append(event, null);
  }

  async list({ limit, before }: { readonly limit: number; readonly before?: string }): Promise<readonly AuditEvent[]> {
    const written = this.#places.length;
    const end = before === undefined ? written + this.#unwritten.length : this.#indexOf(before);
    const start = Math.max(0, end - limit);
    const unwritten = this.#unwritten.slice(Math.max(0, start - written), Math.max(0, end - written)).reverse();
    const places = this.#places.slice(start, Math.max(0, end)).reverse();
    const read = await Promise.all(places.map((place) => this.#openLog.reader.read(place)));
    return [...unwritten, ...read.flatMap((found) => found?.value ?? [])];
  }

  async close(): Promise<void> {
    await this.flush().catch(() => undefined);
    await this.#log?.close();
  }

  #flushLater(): void {
    this.flush().catch((error: unknown) =>
      this.#options.log.error("The trail's log cannot be written; what it lacks is kept with the changes.", { error }),
    );
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
      await this.#openLog.append(next, null);
    }
  }

  /** Looked for from the end: who asks has mostly just made the change. */
  #isWritten(eventId: string): boolean {
    return this.#places.findLastIndex(({ id }) => id === eventId) !== -1;
  }

  /** Counted over what is in the log and then what is not; -1 for an unknown one. */
  #indexOf(eventId: string): number {
    const index = this.#unwritten.findIndex(({ id }) => id === eventId);
    if (index !== -1) return this.#places.length + index;
    return this.#places.findLastIndex(({ id }) => id === eventId);
  }

  get #openLog(): SegmentLog<AuditEvent> {
    if (this.#log === null) throw new Error("the trail is not open yet");
    return this.#log;
  }
}
