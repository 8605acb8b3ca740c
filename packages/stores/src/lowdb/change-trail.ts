import type { AuditEvent, Log } from "@copilot-llm/model";
import * as z from "zod";
import type { AuditStore } from "../interfaces/audit-store.js";

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

/**
 * The trail of changes that are made in documents. A change and its event reach the disk in one write, in the change's
 * own file; from there the event is taken over into the ledger's database, and is on the trail from that moment. While
 * that cannot be written, and when the process ends before it is, the event stays where the change is.
 */
export class ChangeTrail implements AuditStore {
  readonly #log: Log;
  /** On disk with their changes, in the order of these, and not in the database yet. */
  #unwritten: readonly AuditEvent[] = [];
  /** In the database, and with their changes as well until these are written again. */
  readonly #written = new Set<string>();
  #store: AuditStore | null = null;
  #writing: Promise<void> | null = null;
  #holds = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Takes over an event that is on disk with its change. */
  adopt(event: AuditEvent): void {
    this.#unwritten = [...this.#unwritten, event];
    if (this.#store !== null) this.#flushLater();
  }

  /** Whether whoever keeps the event with its change may let go of it. */
  hasTaken(eventId: string): boolean {
    return this.#holds === 0 && this.#written.has(eventId);
  }

  /** Whoever kept the event with its change has let go of it, and will not ask again. */
  forget(eventId: string): void {
    this.#written.delete(eventId);
  }

  /** Until the hold is ended every event stays with its change as well, whatever is in the database. */
  hold(): () => void {
    this.#holds += 1;
    return () => {
      this.#holds -= 1;
    };
  }

  /**
   * To be called when everybody has handed over what an earlier process left, in any order. The store passes over what
   * it has already.
   */
  start(store: AuditStore): void {
    this.#unwritten = [...this.#unwritten].sort((one, other) => one.atMs - other.atMs);
    this.#store = store;
    this.#flushLater();
  }

  async append(event: AuditEvent): Promise<boolean> {
    await this.#flush();
    return this.#openStore.append(event);
  }

  async list({ limit, before }: { readonly limit: number; readonly before?: string }): Promise<readonly AuditEvent[]> {
    await this.#flush().catch(() => undefined);
    const unwritten = [...this.#unwritten].reverse();
    const index = unwritten.findIndex(({ id }) => id === before);
    if (before !== undefined && index === -1) return this.#openStore.list({ limit, before });
    const latest = unwritten.slice(index + 1, index + 1 + limit);
    return latest.length === limit
      ? latest
      : [...latest, ...(await this.#openStore.list({ limit: limit - latest.length }))];
  }

  async close(): Promise<void> {
    await this.#flush().catch(() => undefined);
  }

  #flushLater(): void {
    this.#flush().catch((error: unknown) =>
      this.#log.error("The trail cannot be written; what it lacks is kept with the changes.", { error }),
    );
  }

  /** Resolves when every event so far is in the database; throws while that cannot be written. */
  async #flush(): Promise<void> {
    while (this.#unwritten.length > 0 && this.#store !== null) {
      this.#writing ??= this.#writeAll().finally(() => {
        this.#writing = null;
      });
      await this.#writing;
    }
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
      await this.#openStore.append(next);
      this.#written.add(next.id);
      this.#unwritten = this.#unwritten.slice(1);
    }
  }

  get #openStore(): AuditStore {
    if (this.#store === null) throw new Error("the trail is not open yet");
    return this.#store;
  }
}
