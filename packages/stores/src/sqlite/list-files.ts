import type { FileRow } from "../batches/stored-file.js";
import type { LedgerThreads } from "./ledger-threads.js";

const filesAtOnce = 500;

/** Everybody's, in the order in which they came. */
export async function* listFiles(threads: LedgerThreads): AsyncIterable<FileRow> {
  for (let position = 0; ; ) {
    const rows: readonly FileRow[] = await threads.read("filesAfter", { position, limit: filesAtOnce });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    position = last.position;
  }
}
