import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createRecordingLog } from "../../../test-support/recording-log.js";
import { createTemporaryDirectory } from "../../../test-support/temporary-directory.js";
import { ForgottenConversations } from "../sessions/forgotten-conversations.js";
import { StatisticsBook } from "../statistics/statistics-book.js";
import { CheckpointWriter } from "./checkpoint-writer.js";
import { LedgerCounts } from "./ledger-counts.js";

it("writes no checkpoint while the trail lacks events that stand before it", async () => {
  const directory = await createTemporaryDirectory();
  const log = createRecordingLog();
  let isTrailWritten = false;
  const writer = new CheckpointWriter(directory, log, async () => {
    if (!isTrailWritten) throw new Error("the disk is full");
  });
  const subjects = {
    counts: new LedgerCounts(),
    forgotten: new ForgottenConversations(),
    statistics: await StatisticsBook.open(join(directory, "statistics"), log),
  };
  const checkpoints = async () => (await readdir(directory)).filter((name) => name.startsWith("checkpoint"));
  writer.write(1, subjects);
  await writer.flush();
  expect(await checkpoints()).toEqual([]);
  isTrailWritten = true;
  writer.write(2, subjects);
  await writer.flush();
  expect(await checkpoints()).toEqual(["checkpoint-2.json"]);
});
