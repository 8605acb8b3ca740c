/** What SQLite takes and gives. Integers beyond 2^53 must be cast where they are read: the driver refuses them. */
export type SqlValue = null | number | bigint | string | Uint8Array;

export interface SqlStatement {
  /** `changes`: how many rows. */
  run(...values: readonly SqlValue[]): { readonly changes: number | bigint };
  get<Row>(...values: readonly SqlValue[]): Row | undefined;
  all<Row>(...values: readonly SqlValue[]): readonly Row[];
}

/** One connection. Everything happens at once, on the thread that asks. */
export interface SqlDatabase {
  /** Runs statements that give nothing back. */
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  /** As `prepare`, for rows as arrays in the order of the columns: cheaper where there are many. */
  prepareArrays(sql: string): SqlStatement;
  /** Makes a function of two blobs known to SQL. */
  defineBlobFunction(name: string, run: (a: Uint8Array, b: Uint8Array) => Uint8Array): void;
  /** Whether a transaction was begun and has not ended: a failure may have ended it. */
  readonly isInTransaction: boolean;
  /** Copies the database as it is now into a new file, off the thread. */
  copyTo(path: string): Promise<void>;
  close(): void;
}

export interface SqlDatabaseOptions {
  readonly readOnly: boolean;
  /** How long to wait for a lock that another connection holds. */
  readonly busyTimeoutMs: number;
}
