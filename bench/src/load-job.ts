/** What the load generator is asked to do. */
export interface LoadJob {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Requests under way at a time. */
  readonly concurrency: number;
  /** Between the first requests of two neighbours. */
  readonly staggerMs: number;
  /** No request begins after this. */
  readonly durationMs: number;
  readonly maxRequests: number;
  readonly expected: ExpectedAnswer;
}

/** What makes an answer right, besides its status. */
export interface ExpectedAnswer {
  /** Null: may differ, since the contender re-serialises answers. */
  readonly bytes: number | null;
  /** The answer holds this among its last bytes. */
  readonly ending: string;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  /** What was wrong with the first one that failed. */
  readonly firstFailure: string | null;
  readonly seconds: number;
  readonly latencyMs: Percentiles;
  /** Until the first byte of the body. */
  readonly firstByteMs: Percentiles;
}
