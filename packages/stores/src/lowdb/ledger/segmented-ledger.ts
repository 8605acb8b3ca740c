import { dayMs, GatewayError, type RequestRecord } from "@copilot-llm/model";
import type { KeyBudget } from "../../budget/key-budget.js";
import type { Audited } from "../../interfaces/audited.js";
import type {
  KeyUsage,
  Ledger,
  LedgerEntry,
  RecordedRequest,
  Reservation,
  ReserveResult,
  TokenTotals,
} from "../../interfaces/ledger.js";
import type { Sessions } from "../../interfaces/sessions.js";
import type { Statistics } from "../../interfaces/statistics.js";
import type { StoreHealth } from "../../interfaces/stores.js";
import type { LogPosition } from "../../segment-log/log-position.js";
import type { SegmentLog } from "../../segment-log/segment-log.js";
import { SegmentSessions } from "../sessions/segment-sessions.js";
import { textHash } from "../text-hash.js";
import { coveredSegment } from "./checkpoint.js";
import { type LedgerContents, readLedgerContents } from "./ledger-contents.js";
import type { LedgerCounts } from "./ledger-counts.js";
import { type LoggedEntry, withEvent } from "./ledger-entry.js";
import type { LedgerParts } from "./open-ledger-parts.js";

/** After this a segment is closed even if it is far from full, so that its records can expire. */
const maxGrowingMs = dayMs;

/** The embedded ledger: a segmented log is the truth, counts and index in memory follow from it. */
export class SegmentedLedger implements Ledger {
  readonly statistics: Statistics;
  readonly sessions: Sessions;
  readonly #parts: LedgerParts;
  readonly #counts: LedgerCounts;
  readonly #log: SegmentLog<LoggedEntry>;
  readonly #reserved = new Map<string, KeyBudget>();
  readonly #appending = new Map<string, Promise<void>>();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#counts = parts.counts;
    this.#log = parts.log;
    this.statistics = { report: async (query) => parts.statistics.report(query) };
    this.sessions = new SegmentSessions({
      ...parts,
      reader: parts.log.reader,
      activeSegment: () => parts.log.activeSegment,
      eraseBodies: (position) => parts.log.eraseBodies(position),
      forget: (conversationIds, event) =>
        parts.log.append({ kind: "forget", conversationIds, atMs: parts.clock.nowMs(), ...event }, null),
    });
  }

  get health(): StoreHealth {
    return this.#log.health;
  }

  async reserve(reservation: Reservation): Promise<ReserveResult> {
    if (this.#log.overloaded) {
      throw new GatewayError("unavailable", "The gateway cannot put requests on record fast enough; try again.", {
        retryAfterMs: 1000,
      });
    }
    if (this.#reserved.has(reservation.id)) throw new GatewayError("conflict", "The request id is reserved already.");
    const budget = this.#counts.key(reservation.keyId);
    const result = budget.reserve(reservation);
    if (result.granted) this.#reserved.set(reservation.id, budget);
    return result;
  }

  async release(reservationId: string): Promise<void> {
    this.#reserved.get(reservationId)?.release(reservationId);
    this.#reserved.delete(reservationId);
  }

  append(entry: LedgerEntry): Promise<void> {
    const { id } = entry.record;
    const running = this.#appending.get(id);
    if (running !== undefined) return running;
    const appended = this.#append(entry).finally(() => this.#appending.delete(id));
    this.#appending.set(id, appended);
    return appended;
  }

  async usageByKey(keyIds: readonly string[], atMs: number): Promise<ReadonlyMap<string, KeyUsage>> {
    const usage = new Map<string, KeyUsage>();
    for (const keyId of keyIds) {
      const found = this.#counts.findKey(keyId)?.usage(atMs);
      if (found !== undefined && found.lastUsedAtMs !== null) usage.set(keyId, found);
    }
    return usage;
  }

  async resetKeyUsage(keyId: string, atMs: number, audited: Audited<string>): Promise<void> {
    await this.#log.append({ kind: "reset", keyId, atMs, ...withEvent(audited, keyId) }, null);
  }

  async totalsByToken(tokenIds: readonly string[]): Promise<ReadonlyMap<string, TokenTotals>> {
    const totals = new Map<string, TokenTotals>();
    for (const tokenId of tokenIds) {
      const found = this.#counts.findToken(tokenId);
      if (found !== null) totals.set(tokenId, found);
    }
    return totals;
  }

  async findRecord(id: string): Promise<RecordedRequest | null> {
    const found = await this.#locate(id);
    if (found === null || this.#isForgotten(found.record, found.position)) return null;
    return { record: found.record, bodies: found.bodies };
  }

  async expire(beforeMs: number): Promise<void> {
    const { directory, catalogue, index, forgotten, clock, ready } = this.#parts;
    await ready;
    await this.#flush();
    const [growingSinceMs = Number.POSITIVE_INFINITY] = Array.from(catalogue.growing.columns.startedAtMs);
    if (growingSinceMs < clock.nowMs() - maxGrowingMs) this.#log.requestRoll();
    const covered = await coveredSegment(directory);
    for (const [segment, { lastMs }] of catalogue.summaries()) {
      if (segment > covered || lastMs >= beforeMs) continue;
      await this.#log.drop(segment);
      await index.drop(segment);
      await catalogue.drop(segment);
    }
    forgotten.expire(Math.min(this.#log.activeSegment, ...catalogue.summaries().map(([segment]) => segment)));
  }

  contents(): LedgerContents {
    return readLedgerContents(this.#parts);
  }

  async close(): Promise<void> {
    await this.#parts.ready;
    await this.#parts.compressor?.close();
    await this.#log.close();
    await this.#flush();
  }

  /** Waits for what is written behind the appends. */
  async #flush(): Promise<void> {
    const { index, catalogue, checkpoints } = this.#parts;
    await Promise.all([index.flush(), catalogue.flush(), checkpoints.flush()]);
  }

  async #append({ record, charges, bodies }: LedgerEntry): Promise<void> {
    if (!this.#parts.index.isNew(record.id) && (await this.#locate(record.id)) !== null) return;
    await this.#log.append({ kind: "request", record, charges }, bodies);
    this.#reserved.delete(record.id);
  }

  async #locate(id: string) {
    for (const position of await this.#parts.index.find(id, this.#log.activeSegment)) {
      const read = await this.#log.reader.read(position);
      if (read?.value.kind === "request" && read.value.record.id === id) {
        return { record: read.value.record, bodies: read.bodies, position };
      }
    }
    return null;
  }

  #isForgotten(record: RequestRecord, position: LogPosition): boolean {
    return this.#parts.forgotten.isForgotten(textHash(record.conversationId), position);
  }
}
