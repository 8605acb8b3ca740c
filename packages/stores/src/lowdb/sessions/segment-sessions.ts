import type { AuditEvent, RequestRecord } from "@copilot-llm/model";
import type { Audited } from "../../interfaces/audited.js";
import type { RecordedRequest } from "../../interfaces/ledger.js";
import type {
  ConversationTip,
  SessionFilter,
  SessionFilterOptions,
  SessionOption,
  SessionPage,
  SessionQuery,
  SessionSummary,
  Sessions,
} from "../../interfaces/sessions.js";
import { isBefore, type LogPosition } from "../../segment-log/log-position.js";
import type { SegmentReader } from "../../segment-log/segment-reader.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import { type LoggedEntry, withEvent } from "../ledger/ledger-entry.js";
import { textHash } from "../text-hash.js";
import type { ForgottenConversations } from "./forgotten-conversations.js";
import type { RecentConversations } from "./recent-conversations.js";
import type { RecordCatalogue } from "./record-catalogue.js";
import type { Dictionary, RecordColumns } from "./record-columns.js";
import { RecordReader } from "./record-reader.js";
import { createRowFilter, mayHoldMatch } from "./row-filter.js";
import type { SegmentSummary } from "./rows-file.js";
import { encodeCursor, parseCursor } from "./session-cursor.js";
import { SessionSums } from "./session-sums.js";

export interface SegmentSessionsOptions {
  readonly catalogue: RecordCatalogue;
  readonly forgotten: ForgottenConversations;
  readonly recent: RecentConversations;
  readonly reader: SegmentReader<LoggedEntry>;
  readonly activeSegment: () => number;
  /** Puts on record that the conversations are removed, and what the trail says of it. */
  readonly forget: (conversationIds: readonly string[], event: { readonly event?: AuditEvent }) => Promise<void>;
  readonly eraseBodies: (position: LogPosition) => Promise<void>;
  /** Resolves when the catalogue knows every segment. */
  readonly ready: Promise<void>;
}

/** How many records one page of a text search looks through. */
const maxSearchedRecords = 2000;

interface Segment {
  readonly segment: number;
  readonly rows: RecordColumns;
  /** Rows that were there when the walk began. */
  readonly length: number;
}

/** Sessions, found by walking the rows of the segments from the latest backwards. */
export class SegmentSessions implements Sessions {
  readonly #options: SegmentSessionsOptions;

  constructor(options: SegmentSessionsOptions) {
    this.#options = options;
  }

  async list(query: SessionQuery): Promise<SessionPage> {
    const reader = new RecordReader(this.#options.reader);
    const { found, nextCursor } = await this.#findPage(query, reader).finally(() => reader.close());
    const sums = await this.#sumUp(new Set(found));
    const sessions = await Promise.all(found.map((conversation) => this.#summary(sums.get(conversation))));
    return { sessions: sessions.filter((session) => session !== null), nextCursor };
  }

  async find(id: string) {
    const sums = await this.#sumUp(new Set([textHash(id)]));
    const positions = [...sums.values()].flatMap((session) => session.positions).reverse();
    const records: RequestRecord[] = [];
    for (const position of positions) {
      const record = await this.#readRecord(position);
      if (record?.conversationId === id) records.push(record);
    }
    const latest = records.at(-1);
    const summary = latest === undefined ? undefined : sums.get(textHash(id))?.summary(latest);
    return summary === undefined ? null : { summary, records };
  }

  async filterOptions(): Promise<SessionFilterOptions> {
    await this.#options.ready;
    const { catalogue } = this.#options;
    const dictionaries = [
      catalogue.growing.dictionary,
      ...catalogue.summaries().map(([, { dictionary }]) => dictionary),
    ];
    return {
      models: collect(dictionaries, "models").map(({ id }) => id),
      keys: collect(dictionaries, "keys"),
      tokens: collect(dictionaries, "tokens"),
    };
  }

  async withOpening(opening: string, limit: number): Promise<readonly ConversationTip[]> {
    return this.#options.recent.withOpening(opening, limit);
  }

  async *export(filter: SessionFilter): AsyncIterable<RecordedRequest> {
    await this.#options.ready;
    const reader = new RecordReader(this.#options.reader);
    try {
      yield* this.#export(filter, reader);
    } finally {
      await reader.close();
    }
  }

  async *#export(filter: SessionFilter, reader: RecordReader): AsyncIterable<RecordedRequest> {
    const { catalogue } = this.#options;
    const matches = filter.text === undefined ? () => true : createTextMatcher(filter.text);
    const last = { segment: this.#options.activeSegment(), length: catalogue.growing.length };
    const sealed = catalogue.summaries().filter(([, summary]) => mayHoldMatch(summary, filter));
    const segments = [...sealed.map(([segment]) => segment).reverse(), last.segment];
    for (const segment of segments) {
      const isGrowing = segment === this.#options.activeSegment();
      const rows = isGrowing ? catalogue.growing : await catalogue.columns(segment);
      const fits = createRowFilter(rows, filter);
      const length = segment === last.segment ? last.length : rows.length;
      for (let row = 0; row < length; row += 1) {
        const position = positionOf(rows, segment, row);
        if (!fits(row) || this.#isForgotten(rows, row, position)) continue;
        const recorded = await reader.read(position);
        if (recorded !== null && matches(recorded)) yield recorded;
      }
    }
  }

  async remove(ids: readonly string[], audited: Audited<number>): Promise<number> {
    const sums = await this.#sumUp(new Set(ids.map(textHash)));
    const found = [...new Set(ids)].filter((id) => sums.has(textHash(id)));
    if (found.length === 0) return 0;
    await this.#options.forget(found, withEvent(audited, found.length));
    for (const { positions } of sums.values()) {
      for (const position of positions) await this.#options.eraseBodies(position);
    }
    return found.length;
  }

  /** The conversations of a page, in order, and where the next page goes on. */
  async #findPage({ limit, cursor, text, ...filter }: SessionQuery, reader: RecordReader) {
    const after = cursor === undefined ? null : parseCursor(cursor);
    const matches = text === undefined ? null : createTextMatcher(text);
    const listed = new Set<number>();
    /** Rows of earlier pages, of which a search does not know whether they matched. */
    const passed = new Map<number, LogPosition[]>();
    const found: number[] = [];
    let goOnFrom: LogPosition | null = null;
    let searched = 0;
    for await (const { segment, rows, length } of this.#walk((summary) => mayHoldMatch(summary, filter))) {
      const fits = createRowFilter(rows, filter);
      for (let row = length - 1; row >= 0; row -= 1) {
        const conversation = rows.columns.conversation[row] ?? 0;
        if (!fits(row) || listed.has(conversation)) continue;
        const position = positionOf(rows, segment, row);
        if (this.#isForgotten(rows, row, position)) continue;
        if (after !== null && !isBefore(position, after)) {
          if (matches === null) listed.add(conversation);
          else passed.set(conversation, [...(passed.get(conversation) ?? []), position]);
          continue;
        }
        if (found.length === limit || searched === maxSearchedRecords) return { found, nextCursor: toCursor(goOnFrom) };
        if (matches !== null) {
          searched += 1;
          goOnFrom = position;
          if (!(await anyMatches([position], matches, reader))) continue;
          listed.add(conversation);
          if (await anyMatches(passed.get(conversation) ?? [], matches, reader)) continue;
        }
        listed.add(conversation);
        found.push(conversation);
        goOnFrom = position;
      }
    }
    return { found, nextCursor: null };
  }

  /** Everything on record of the conversations, as far as columns tell. */
  async #sumUp(conversations: ReadonlySet<number>): Promise<Map<number, SessionSums>> {
    const sums = new Map<number, SessionSums>();
    const mayHold = (summary: SegmentSummary) => {
      for (const conversation of conversations) {
        if (summary.conversations.mayHave(conversation)) return true;
      }
      return false;
    };
    if (conversations.size === 0) return sums;
    for await (const { segment, rows, length } of this.#walk(mayHold)) {
      for (let row = length - 1; row >= 0; row -= 1) {
        const conversation = rows.columns.conversation[row] ?? 0;
        if (!conversations.has(conversation)) continue;
        const position = positionOf(rows, segment, row);
        if (this.#isForgotten(rows, row, position)) continue;
        const session = sums.get(conversation) ?? new SessionSums();
        sums.set(conversation, session);
        session.add(rows, row, position);
      }
    }
    return sums;
  }

  async #summary(session: SessionSums | undefined): Promise<SessionSummary | null> {
    for (const position of session?.positions ?? []) {
      const latest = await this.#readRecord(position);
      if (latest !== null) return session?.summary(latest) ?? null;
    }
    return null;
  }

  async #readRecord(position: LogPosition): Promise<RequestRecord | null> {
    const value = await this.#options.reader.readValue(position);
    return value?.kind === "request" ? value.record : null;
  }

  #isForgotten(rows: RecordColumns, row: number, position: LogPosition): boolean {
    return this.#options.forgotten.isForgotten(rows.columns.conversation[row] ?? 0, position);
  }

  /** Latest first: the growing segment, then the sealed ones that are wanted. */
  async *#walk(isWanted: (summary: SegmentSummary) => boolean): AsyncIterable<Segment> {
    await this.#options.ready;
    const { catalogue } = this.#options;
    const rows = catalogue.growing;
    const sealed = catalogue.summaries();
    yield { segment: this.#options.activeSegment(), rows, length: rows.length };
    for (const [segment, summary] of sealed) {
      if (!isWanted(summary)) continue;
      const columns = await catalogue.columns(segment);
      yield { segment, rows: columns, length: columns.length };
    }
  }
}

async function anyMatches(
  positions: readonly LogPosition[],
  matches: (recorded: RecordedRequest) => boolean,
  reader: RecordReader,
): Promise<boolean> {
  for (const position of positions) {
    const recorded = await reader.read(position);
    if (recorded !== null && matches(recorded)) return true;
  }
  return false;
}

function positionOf(rows: RecordColumns, segment: number, row: number): LogPosition {
  return { segment, offset: rows.columns.offset[row] ?? 0 };
}

function toCursor(position: LogPosition | null): string | null {
  return position === null ? null : encodeCursor(position);
}

/** Without repetition, named as in the first dictionary that has them. */
function collect(dictionaries: readonly Dictionary[], part: keyof Dictionary): SessionOption[] {
  const labels = new Map<string, string>();
  for (const { id, label } of dictionaries.flatMap((dictionary) => dictionary[part])) {
    if (id !== "" && !labels.has(id)) labels.set(id, label);
  }
  return [...labels].map(([id, label]) => ({ id, label })).sort((a, b) => a.label.localeCompare(b.label, "en"));
}
