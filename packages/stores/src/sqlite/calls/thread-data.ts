/** What a thread is started for, and what it needs to know. */
export type ThreadData = WriterData | ReaderData;

export interface WriterData {
  readonly role: "writer";
  readonly databasePath: string;
  readonly bodiesDirectory: string;
  readonly filesDirectory: string;
  /** There must be a ledger already: a new one is not made. */
  readonly isExpected: boolean;
  readonly syncsAlways: boolean;
  readonly fullBodyFileBytes: number;
}

export interface ReaderData {
  readonly role: "reader";
  readonly databasePath: string;
  readonly bodiesDirectory: string;
}
