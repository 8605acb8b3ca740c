/** What requests have in common. `error`: failed requests, by their error code; others have no part in it. */
export type StatisticsDimension = "model" | "key" | "token" | "error" | "protocol" | "outcome";

/** Stretches of time, in UTC. Weeks begin on Monday. */
export type StatisticsBucket = "5m" | "hour" | "day" | "week" | "month";

export type StatisticsGrouping = StatisticsDimension | StatisticsBucket;

export interface StatisticsQuery {
  /**
   * Inclusive; taken back to the start of its hour, or of its five minutes where rows are of these. With a time zone
   * whose days begin within an hour it may be such a beginning, and so may the end.
   */
  readonly fromMs: number;
  /** Exclusive; taken on to the end of its hour, or of its five minutes. */
  readonly toMs: number;
  /** What rows are made of. */
  readonly groupBy: StatisticsGrouping;
  /** What each group is made of: another dimension, or time where the groups are not. */
  readonly splitBy?: StatisticsGrouping;
  /** An IANA name: whose days, weeks and months rows are of; UTC unless given. */
  readonly timeZone?: string;
  /** Whether figures tell `outputTokensPerSecondP50`: of thousands of rows it takes a good part of the time. */
  readonly withOutputRates?: boolean;
}

/** Requests count for the time they began. Latencies are of completed requests; null when there was none. */
export interface StatisticsFigures {
  readonly requests: number;
  /** Those with outcome `failed`. */
  readonly errors: number;
  /** Those with outcome `aborted`. */
  readonly aborted: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  /** Those that GitHub answered without telling the tokens: in the sums of tokens they count as none. */
  readonly unknownUsage: number;
  /** What batches used of the units and the nano-AIU. */
  readonly batchPremiumUnits: number;
  readonly batchNanoAiu: number;
  /** Percentiles are right within 5 %. */
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly timeToFirstTokenP50Ms: number | null;
  readonly timeToFirstTokenP95Ms: number | null;
  readonly timeToFirstTokenP99Ms: number | null;
  /**
   * Of answers that came for 50 ms or longer after their first token: the tokens they had, by that time. Null unless the
   * query asks for it, and for what was counted before the backend knew it.
   */
  readonly outputTokensPerSecondP50: number | null;
}

export interface StatisticsRow extends StatisticsFigures {
  /**
   * The model's, key's or token's id (for a request without a managed key, its `keyAlias`), the error code, the protocol, the
   * outcome, or when the time begins: `2026-03-10T12:05:00.000Z` for five minutes and hours, `2026-03-10` for days and weeks, `2026-03` for
   * months. Null: requests that never got as far as a model or a token, or failed without a code.
   */
  readonly group: string | null;
  /** The alias last seen, for keys and tokens; else the group itself. */
  readonly label: string | null;
  /** As `group` and `label`, of `splitBy`; null without it. */
  readonly split: string | null;
  readonly splitLabel: string | null;
}

export interface StatisticsReport {
  /** Of every request in the range, whatever the rows are made of. */
  readonly totals: StatisticsFigures;
  /**
   * Groups in order of time, or those with the most requests first; the splits of each in the same manner. What had no
   * requests is absent.
   */
  readonly rows: readonly StatisticsRow[];
}

export interface CountsQuery {
  /** As those of a report. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of what, each by itself. */
  readonly dimensions: readonly StatisticsDimension[];
}

/** How many requests one group of a dimension had. */
export interface GroupCount {
  readonly dimension: StatisticsDimension;
  readonly group: string | null;
  readonly requests: number;
}

/** Sums over the ledger's records, kept for good: they outlive the records themselves. */
export interface Statistics {
  /**
   * By protocol and outcome, and of unknown usage and batches, is known what was counted since the backend has them.
   * Rows of days of another zone than UTC are made of hours; where a backend no longer has them, of the UTC days whose
   * noon lies in them. An hour within which a day begins is divided exactly for a week; before, it counts to the day
   * that its second half is in.
   * A backend may keep five minutes for only two days. It may keep models, keys, tokens and errors of days that are
   * more than a week old by whole UTC days only; such a day then counts as a whole when any hour of it is asked for.
   * Throws `invalid_request` where `groupBy` and `splitBy` are the same, or both times.
   */
  report(query: StatisticsQuery): Promise<StatisticsReport>;
  /** As the rows of reports by one dimension each, and no more than their requests, which takes a fraction of the time. */
  count(query: CountsQuery): Promise<readonly GroupCount[]>;
}
