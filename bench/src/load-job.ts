/** What the load generator is asked to do. */
export interface LoadJob {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What is sent, one request after the other and over again; neighbours take neighbouring scripts. */
  readonly scripts: readonly LoadScript[];
  /** Requests under way at a time. */
  readonly concurrency: number;
  /** Between the first requests of two neighbours. */
  readonly staggerMs: number;
  /** No request begins after this. */
  readonly durationMs: number;
  readonly maxRequests: number;
}

export interface LoadScript {
  readonly path: string;
  /** In each, `senderMark` stands for who sends it. */
  readonly bodies: readonly string[];
  readonly expected: ExpectedAnswer;
}

/** Replaced by a name of each sender's own, so that no two have the same conversation; may be left out. */
export const senderMark = "{sender}";

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
