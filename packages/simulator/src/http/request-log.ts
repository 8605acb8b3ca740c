import type { IncomingHttpHeaders } from "node:http";

/** One request as it reached the simulator, and what became of it. Grows while the request is served. */
export interface RequestRecord {
  readonly id: string;
  readonly atMs: number;
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly path: string;
  /** As received, without `authorization`. */
  readonly headers: IncomingHttpHeaders;
  /** Number of the TCP connection, counted from 1. */
  readonly connection: number;
  /** The body's bytes as received. */
  readonly body: Buffer;
  /** Login of the account behind the credential; undefined when it was refused. */
  account: string | undefined;
  /** 0 until an answer begins. */
  status: number;
  /** Names of the rule or fault that shaped the answer. */
  readonly notes: string[];
  /** The answer's bytes as written, when the log keeps them. */
  readonly responseChunks: Buffer[];
  /** The simulator itself cut the connection. */
  cut: boolean;
  finishedAtMs: number | undefined;
  abortedAtMs: number | undefined;
  /** Resolves when the answer was sent in full, or cut on purpose. Never rejects; stays pending after an abort. */
  readonly onFinished: Promise<void>;
  /** Resolves when the client hung up before the answer's end. Stays pending otherwise. */
  readonly onAborted: Promise<void>;
}

export interface RequestLogOptions {
  readonly maximumRequests: number;
  readonly maximumBytes: number;
  readonly keepResponses: boolean;
}

/** A bounded log of requests; the oldest go first, by count and by bytes. */
export interface RequestLog {
  all(): readonly RequestRecord[];
  /** Requests to one path. */
  to(path: string): readonly RequestRecord[];
  /** The first request, past or future, that the predicate accepts. */
  waitFor(predicate: (record: RequestRecord) => boolean): Promise<RequestRecord>;
  clear(): void;
}

/** The log's writing side, used by the server only. */
export interface RequestLogWriter extends RequestLog {
  readonly keepResponses: boolean;
  append(record: RequestRecord): void;
  /** Tells the log that a record changed: bytes came in, or it ended. */
  update(record: RequestRecord, addedBytes: number): void;
}

/** Creates an empty log. */
export function createRequestLog(options: RequestLogOptions): RequestLogWriter {
  const records = new Set<RequestRecord>();
  let bytes = 0;
  let waiting: { predicate: (record: RequestRecord) => boolean; resolve: (record: RequestRecord) => void }[] = [];

  const drop = (): void => {
    for (const oldest of records) {
      records.delete(oldest);
      bytes -= sizeOf(oldest);
      return;
    }
  };

  const notify = (record: RequestRecord): void => {
    if (waiting.length === 0) return;
    const met = waiting.filter((waiter) => waiter.predicate(record));
    waiting = waiting.filter((waiter) => !met.includes(waiter));
    for (const waiter of met) waiter.resolve(record);
  };

  return {
    keepResponses: options.keepResponses,
    all: () => [...records],
    to: (path) => [...records].filter((record) => record.path === path),
    waitFor: (predicate) => {
      const found = [...records].find(predicate);
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve) => {
        waiting.push({ predicate, resolve });
      });
    },
    clear: () => {
      records.clear();
      bytes = 0;
    },
    append: (record) => {
      records.add(record);
      bytes += sizeOf(record);
      if (records.size > options.maximumRequests) drop();
      notify(record);
    },
    update: (record, addedBytes) => {
      if (records.has(record)) bytes += addedBytes;
      while (bytes > options.maximumBytes && records.size > 1) drop();
      notify(record);
    },
  };
}

function sizeOf(record: RequestRecord): number {
  return record.responseChunks.reduce((sum, chunk) => sum + chunk.length, record.body.length);
}
