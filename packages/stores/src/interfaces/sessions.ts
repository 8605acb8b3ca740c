import type { ErrorCode, Protocol, RequestOutcome, RequestRecord } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { RecordedRequest } from "./ledger.js";

/** Every part that is given must hold for one and the same request of the session. */
export interface SessionFilter {
  /** The model that served. */
  readonly model?: string;
  /** A key's id; for requests without a managed key, their `keyAlias`. */
  readonly key?: string;
  readonly tokenId?: string;
  readonly protocol?: Protocol;
  readonly outcome?: RequestOutcome;
  readonly errorCode?: ErrorCode;
  /** Occurs in the user agent, in any case of the letters A to Z. */
  readonly client?: string;
  /** The conversation's id. */
  readonly conversationId?: string;
  /** Began at or after, and before. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Took at least so long. */
  readonly minDurationMs?: number;
  /** Cost at least so much; more than zero. */
  readonly minNanoAiu?: number;
  /** Occurs, in any case, in the record, the request or the response as they were sent, or in what a stream says. */
  readonly text?: string;
}

export interface SessionQuery extends SessionFilter {
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface SessionSummary {
  /** The conversation's id. */
  readonly id: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly requests: number;
  /** Those with outcome `failed`. */
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  /** Without repetition, the latest first. */
  readonly models: readonly string[];
  readonly tokenAliases: readonly string[];
  /** The request that was recorded last. */
  readonly latest: RequestRecord;
}

export interface SessionPage {
  readonly sessions: readonly SessionSummary[];
  /**
   * Null at the end. A page may be shorter than its limit before that: a text search looks through a bounded number
   * of records at a time.
   */
  readonly nextCursor: string | null;
  /**
   * When the last record began that a search for text has looked at, latest first; null without a text, at the end, and
   * while an index answers, which knows no such order.
   */
  readonly searchedToMs: number | null;
}

export interface RequestPage {
  readonly requests: readonly RequestRecord[];
  /** Null at the end. A page may be shorter than its limit before that, as those of sessions may. */
  readonly nextCursor: string | null;
  /** When the last record began that a search for text has looked at; null without a text, and at the end. */
  readonly searchedToMs: number | null;
}

export interface SessionOption {
  readonly id: string;
  /** The alias last seen. */
  readonly label: string;
}

/** What filters can be set to. */
export interface SessionFilterOptions {
  readonly models: readonly string[];
  readonly keys: readonly SessionOption[];
  readonly tokens: readonly SessionOption[];
}

export interface ConversationTip {
  readonly conversationId: string;
  /** Its last request. */
  readonly requestId: string;
}

/** Recorded requests by conversation. Requests with recording `off` do not appear. */
export interface Sessions {
  /**
   * The session whose last matching request was recorded last comes first. Going on from a cursor misses none and
   * repeats none, unless it got another matching request meanwhile. Throws `invalid_request` for a foreign cursor.
   */
  list(query: SessionQuery): Promise<SessionPage>;
  /** The session with its records in the order in which they were recorded; null when there is none. */
  find(id: string): Promise<{ readonly summary: SessionSummary; readonly records: readonly RequestRecord[] } | null>;
  /**
   * Single requests, whatever session they belong to: the one that was recorded last comes first. Going on from a cursor
   * misses none and repeats none. Throws `invalid_request` for a foreign cursor.
   */
  listRequests(query: SessionQuery): Promise<RequestPage>;
  filterOptions(): Promise<SessionFilterOptions>;
  /**
   * Of the conversations whose id is the opening, a colon and one more part those with the highest ids, the highest
   * first. What was recorded long ago may be left out.
   */
  withOpening(opening: string, limit: number): Promise<readonly ConversationTip[]>;
  /** Matching requests with their bodies, oldest first, as of the call. */
  export(filter: SessionFilter): AsyncIterable<RecordedRequest>;
  /**
   * Forgets what is recorded of the sessions and destroys their bodies; usage and statistics stay. Returns how many
   * there were, and gives it to `audited` unless it is zero. A conversation that goes on afterwards is a session again,
   * of its later requests only. When bodies cannot be destroyed it throws, and the sessions are forgotten all the same.
   */
  remove(ids: readonly string[], audited: Audited<number>): Promise<number>;
}
