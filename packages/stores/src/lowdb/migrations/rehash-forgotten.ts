import type { SegmentReader } from "../../segment-log/segment-reader.js";
import { rewriteForgotten } from "../ledger/checkpoint.js";
import type { LoggedEntry } from "../ledger/ledger-entry.js";
import type { ForgottenConversations } from "../sessions/forgotten-conversations.js";
import { textHash } from "../text-hash.js";

export interface ForgottenHashes {
  readonly directory: string;
  /** The segments up to the checkpoint. */
  readonly covered: readonly number[];
  readonly reader: SegmentReader<LoggedEntry>;
  readonly forgotten: ForgottenConversations;
}

/**
 * To version 2 of the data directory: early checkpoints of version 1 name removed conversations by another hash, and
 * the log by their ids. No checkpoint may be on its way to the disk.
 */
export async function rehashForgotten({ directory, covered, reader, forgotten }: ForgottenHashes): Promise<void> {
  if (forgotten.snapshot().length === 0) return;
  for (const segment of covered) {
    await reader.scan(segment, {
      verifyBodies: false,
      onEntry(entry, position) {
        if (entry.kind !== "forget") return;
        for (const id of entry.conversationIds) forgotten.forget(textHash(id), position);
      },
    });
  }
  await rewriteForgotten(directory, forgotten.snapshot());
}
