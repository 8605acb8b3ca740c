import type { Batch, BatchItem } from "@copilot-llm/model";
import { decodeFileRow } from "../batches/stored-file.js";
import type { FileStore } from "../interfaces/file-store.js";
import type { CellPlace } from "../statistics/cell-place.js";
import type { KeptCell, LedgerContents } from "./ledger-contents.js";
import type { LedgerThreads } from "./ledger-threads.js";
import { listFiles } from "./list-files.js";

const batchesAtOnce = 100;
const itemsAtOnce = 100;

export function createLedgerContents(threads: LedgerThreads, files: FileStore): LedgerContents {
  return {
    usage: () => threads.readCounted("usage", null),
    async *cells() {
      await threads.flush();
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
    async *files() {
      for await (const row of listFiles(threads)) {
        const file = decodeFileRow(row);
        yield { file, content: () => files.read(file.id, null) };
      }
    },
    async *batches() {
      for await (const batch of readBatches(threads)) yield { batch, items: () => readItems(threads, batch.id) };
    },
  };
}

async function* readBatches(threads: LedgerThreads): AsyncIterable<Batch> {
  for (let position = 0; ; ) {
    const part: Awaited<ReturnType<typeof readPart>> = await readPart(position);
    for (const { batch } of part) yield batch;
    const last = part.at(-1);
    if (last === undefined) return;
    position = last.position;
  }

  function readPart(after: number) {
    return threads.read("batchesAfter", { position: after, limit: batchesAtOnce });
  }
}

async function* readItems(threads: LedgerThreads, batchId: string): AsyncIterable<readonly BatchItem[]> {
  for (let index = -1; ; ) {
    const items: readonly BatchItem[] = await threads.read("itemsAfter", { batchId, index, limit: itemsAtOnce });
    const last = items.at(-1);
    if (last === undefined) return;
    yield items;
    index = last.index;
  }
}

function readEntries(threads: LedgerThreads, after: number) {
  return threads.read("entriesPart", { after });
}
