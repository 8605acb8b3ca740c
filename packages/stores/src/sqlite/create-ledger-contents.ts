import type { CellPlace } from "../statistics/cell-place.js";
import type { KeptCell, LedgerContents } from "./ledger-contents.js";
import type { LedgerThreads } from "./ledger-threads.js";

export function createLedgerContents(threads: LedgerThreads): LedgerContents {
  return {
    async usage() {
      await threads.write("flush", null);
      return threads.read("usage", null);
    },
    async *cells() {
      await threads.write("flush", null);
      for (let after: CellPlace | null = null; ; ) {
        const part: readonly KeptCell[] = await threads.read("cellsPart", { after });
        yield* part;
        after = part.at(-1) ?? null;
        if (after === null) return;
      }
    },
    async *records() {
      for (let after = 0; ; ) {
        const part: Awaited<ReturnType<typeof readEntries>> = await readEntries(threads, after);
        yield* part.entries;
        if (part.after === null) return;
        after = part.after;
      }
    },
  };
}

function readEntries(threads: LedgerThreads, after: number) {
  return threads.read("entriesPart", { after });
}
