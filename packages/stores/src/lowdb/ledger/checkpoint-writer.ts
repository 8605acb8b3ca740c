import type { Log } from "@copilot-llm/model";
import { writeFileDurably } from "../../directory/durable-file.js";
import type { ForgottenConversations } from "../sessions/forgotten-conversations.js";
import type { StatisticsBook } from "../statistics/statistics-book.js";
import { writeCheckpoint } from "./checkpoint.js";
import type { LedgerCounts } from "./ledger-counts.js";

export interface CheckpointSubjects {
  readonly counts: LedgerCounts;
  readonly forgotten: ForgottenConversations;
  readonly statistics: StatisticsBook;
}

/** Writes checkpoints behind the appends, one after the other. */
export class CheckpointWriter {
  readonly #directory: string;
  readonly #log: Log;
  /** The next start looks for events of the trail behind the checkpoint only. */
  readonly #flushTrail: () => Promise<void>;
  /** Statistics that are not on disk yet, by file. */
  readonly #unwritten = new Map<string, string>();
  #writing: Promise<void> = Promise.resolve();

  constructor(directory: string, log: Log, flushTrail: () => Promise<void>) {
    this.#directory = directory;
    this.#log = log;
    this.#flushTrail = flushTrail;
  }

  /** Takes everything as it is now. The checkpoint comes last: it says that the rest is there. */
  write(segment: number, { counts, forgotten, statistics }: CheckpointSubjects): void {
    const checkpoint = { segment, counts: counts.snapshot(), forgotten: forgotten.snapshot() };
    const files = statistics.takeChanges(segment);
    this.#writing = this.#writing
      .then(async () => {
        await this.#flushTrail();
        for (const { path, text } of files) this.#unwritten.set(path, text);
        for (const [path, text] of this.#unwritten) {
          await writeFileDurably(path, text);
          this.#unwritten.delete(path);
        }
        await writeCheckpoint(this.#directory, checkpoint);
      })
      .catch((error: unknown) =>
        this.#log.warn("A checkpoint could not be written; the next start takes longer.", { segment, error }),
      );
  }

  /** Resolves when everything so far is on disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }
}
