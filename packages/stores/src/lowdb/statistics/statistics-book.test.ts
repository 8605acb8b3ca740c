import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRecordingLog } from "../../../test-support/recording-log.js";
import { createTemporaryDirectory } from "../../../test-support/temporary-directory.js";
import { createManualClock, sampleEntry, sampleStartMs } from "../../contract/index.js";
import type { Stores } from "../../interfaces/stores.js";
import { openLowdbStores } from "../open-lowdb-stores.js";

const dayMs = 86_400_000;
const days = 12;
const perDay = 10;

function open(dataDir: string): Promise<Stores> {
  const clock = createManualClock(sampleStartMs);
  return openLowdbStores({ dataDir, encryptionKey: null, clock, log: createRecordingLog(), segmentEntries: 25 });
}

async function createDirectory(): Promise<string> {
  const dataDir = join(await createTemporaryDirectory(), "data");
  const stores = await open(dataDir);
  for (let day = 0; day < days; day += 1) {
    for (let index = 0; index < perDay; index += 1) {
      const startedAtMs = sampleStartMs + day * dayMs + (index % 2) * 3_600_000;
      await stores.ledger.append(sampleEntry(day * perDay + index, { startedAtMs }));
    }
  }
  await stores.close();
  return dataDir;
}

async function requestsByDay(dataDir: string, groupBy: "day" | "key" = "day"): Promise<number[]> {
  const stores = await open(dataDir);
  const { rows } = await stores.statistics.report({ fromMs: 0, toMs: sampleStartMs + 100 * dayMs, groupBy });
  await stores.close();
  return rows.map(({ requests }) => requests);
}

const everyDay = Array.from({ length: days }, () => perDay);

describe("statistics on disk", () => {
  it("are the same after any number of starts", async () => {
    const dataDir = await createDirectory();
    for (let start = 0; start < 3; start += 1) expect(await requestsByDay(dataDir)).toEqual(everyDay);
    expect(await requestsByDay(dataDir, "key")).toEqual([days * perDay]);
  });

  it("are taken from the records again when a file is damaged or all are gone", async () => {
    const dataDir = await createDirectory();
    const directory = join(dataDir, "ledger", "statistics");
    const [first = "", second = ""] = await readdir(directory);
    await writeFile(join(directory, first), (await readFile(join(directory, first), "utf8")).replace("10", "11"));
    await writeFile(join(directory, second), "");
    expect(await requestsByDay(dataDir)).toEqual(everyDay);
    await rm(directory, { recursive: true });
    expect(await requestsByDay(dataDir)).toEqual(everyDay);
  });

  it("count every record once when the checkpoints are gone and the files are not", async () => {
    const dataDir = await createDirectory();
    for (const name of await readdir(join(dataDir, "ledger"))) {
      if (name.startsWith("checkpoint")) await rm(join(dataDir, "ledger", name));
    }
    expect(await requestsByDay(dataDir)).toEqual(everyDay);
  });

  it("tell groups by the hour for the latest days and by the day before that", async () => {
    const dataDir = await createDirectory();
    const stores = await open(dataDir);
    const inFirstHour = async (day: number) => {
      const fromMs = sampleStartMs + day * dayMs;
      const report = await stores.statistics.report({ fromMs, toMs: fromMs + 1, groupBy: "key" });
      return [report.totals.requests, report.rows[0]?.requests];
    };
    expect(await inFirstHour(days - 1)).toEqual([5, 5]);
    expect(await inFirstHour(0)).toEqual([5, 10]);
    await stores.close();
  });
});
