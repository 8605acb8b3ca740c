/** What rows are made of. `day` and `hour` are UTC. */
export type StatisticsGrouping = "model" | "key" | "token" | "day" | "hour";

export interface StatisticsQuery {
  /** Inclusive; taken back to the start of its hour. */
  readonly fromMs: number;
  /** Exclusive; taken on to the end of its hour. */
  readonly toMs: number;
  readonly groupBy: StatisticsGrouping;
}

/** Requests count for the time they began. Latencies are of completed requests; null when there was none. */
export interface StatisticsFigures {
  readonly requests: number;
  /** Those with outcome `failed`. */
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  /** Percentiles are right within 5 %. */
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly timeToFirstTokenP50Ms: number | null;
}

export interface StatisticsRow extends StatisticsFigures {
  /**
   * The model's, key's or token's id (for a request without a managed key, its `keyAlias`), `2026-03-10`, or
   * `2026-03-10T12:00:00.000Z`. Null: requests that never got as far as a model or a token.
   */
  readonly group: string | null;
  /** The alias last seen, for keys and tokens; else the group itself. */
  readonly label: string | null;
}

export interface StatisticsReport {
  readonly totals: StatisticsFigures;
  /** Days and hours in order of time, others with the most requests first. Groups without requests are absent. */
  readonly rows: readonly StatisticsRow[];
}

/** Sums over the ledger's records, kept for good: they outlive the records themselves. */
export interface Statistics {
  /**
   * A backend may keep models, keys and tokens of days that are more than a week old by whole UTC days only; such a
   * day then counts as a whole when any hour of it is asked for.
   */
  report(query: StatisticsQuery): Promise<StatisticsReport>;
}
