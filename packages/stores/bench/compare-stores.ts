// The embedded stores, and another build of them beside: contenders take turns, each measurement in a process of its own.
// Arguments: [--against MODULE] [--records N] [--rounds N] [--only appends,pace,disk,year].
// MODULE exports `openLowdbStores`: packages/stores/dist/lowdb/index.js of another checkout.
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { systemClock } from "@copilot-llm/model/testing";
import type { LowdbStores, LowdbStoresOptions } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "../testing/recording-log.js";
import { type Figure, median, time } from "./figures.js";
import { measureAppends, measurePace } from "./measure-appends.js";
import { measureDisk } from "./measure-disk.js";
import { fillYear, measureExpiry, measureReading, yearOfRequests } from "./measure-reading.js";
import { createEntry, serveRequests } from "./workload.js";

const { values } = parseArgs({
  options: {
    against: { type: "string" },
    records: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "appends,pace,disk,year" },
    // Of a measurement's own process.
    measure: { type: "string" },
    contender: { type: "string", default: "" },
    directory: { type: "string", default: "" },
  },
});
const records = Number(values.records);
const run = promisify(execFile);

type Options = LowdbStoresOptions & { readonly compressAfterMs?: number };

interface Build {
  readonly openLowdbStores: (options: Options) => Promise<LowdbStores>;
}

function load(): Promise<Build> {
  return values.contender === "" ? import("../src/lowdb/open-lowdb-stores.js") : import(values.contender);
}

async function open(options: Partial<Options> = {}, build?: Build): Promise<LowdbStores> {
  const { openLowdbStores } = build ?? (await load());
  const dataDir = join(values.directory, "data");
  const log = createRecordingLog();
  return openLowdbStores({ dataDir, encryptionKey: null, clock: systemClock, log, ...options });
}

function report(what: string, figure: number, unit: string): void {
  process.stdout.write(`${JSON.stringify({ what, figure, unit })}\n`);
}

async function withStores(measure: (stores: LowdbStores) => Promise<void>, options: Partial<Options> = {}) {
  const stores = await open(options);
  try {
    await measure(stores);
  } finally {
    await stores.close();
  }
}

const year = yearOfRequests(records, Date.UTC(2026, 6, 1));

/** As many as come while usage waits to be written down, in a few seconds. */
const afterYear = { ...year, to: 3000, startMs: year.startMs + 365 * 86_400_000, spacingMs: 2 };

const measurements: Readonly<Record<string, () => Promise<void>>> = {
  appends: () =>
    withStores(async (stores) => {
      await measureAppends(stores, 1000, 30_000, report);
      await measureAppends(stores, 20_000, 10_000, report);
      await measureAppends(stores, 200_000, 2000, report);
    }),
  pace: () => withStores((stores) => measurePace(stores, 300, 20, report)),
  disk: () =>
    withStores((stores) => measureDisk(stores, join(values.directory, "data"), 60, report), {
      packEveryMs: 1000,
      compressAfterMs: 0,
      fullBodyFileBytes: 16 << 20,
    }),
  fill: () => withStores((stores) => fillYear(stores, year)),
  start: async () => {
    const build = await load();
    const stores = await time(report, `start with ${records} records`, () => open({}, build));
    await stores.ledger.findRecord(createEntry(0, year).record.id);
    report(`memory with ${records} records`, process.memoryUsage().rss / 1e6, "MB");
    await stores.close();
  },
  kill: async () => {
    const stores = await open();
    await serveRequests(stores, afterYear, 16);
    process.kill(process.pid, "SIGKILL");
  },
  startAfterKill: async () => {
    const build = await load();
    const stores = await time(report, `start with ${records} records after a kill`, () => open({}, build));
    await stores.close();
  },
  reading: () => withStores((stores) => measureReading(stores, year, report)),
  expiry: () => withStores((stores) => measureExpiry(stores, year, report)),
};

/** In a process of its own. */
async function measureApart(measure: string, contender: string, directory: string): Promise<readonly Figure[]> {
  const own = [process.argv[1] ?? "", "--measure", measure, "--contender", contender, "--directory", directory];
  const measured = run(process.execPath, [...own, "--records", String(records)], { maxBuffer: 1 << 24 });
  const { stdout } = await (measure === "kill" ? measured.catch((error: { stdout: string }) => error) : measured);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Figure => JSON.parse(line));
}

async function compare(): Promise<void> {
  const contenders = [["this", ""], ...(values.against === undefined ? [] : [["other", moduleUrl(values.against)]])];
  const figures = new Map<string, Map<string, { readonly unit: string; readonly all: number[] }>>();
  const only = values.only.split(",");
  const add = (name: string, measured: readonly Figure[]) => {
    for (const { what, figure, unit } of measured) {
      const row = figures.get(what) ?? new Map();
      figures.set(what, row);
      row.set(name, { unit, all: [...(row.get(name)?.all ?? []), figure] });
    }
  };
  const root = await mkdtemp(join(tmpdir(), "stores-bench-"));
  try {
    if (only.includes("year")) {
      for (const [name = "", contender = ""] of contenders) await measureApart("fill", contender, join(root, name));
    }
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const measure of ["appends", "pace", "disk"].filter((other) => only.includes(other))) {
        for (const [name = "", contender = ""] of contenders) {
          const directory = await mkdtemp(join(root, "once-"));
          add(name, await measureApart(measure, contender, directory));
          await rm(directory, { recursive: true });
        }
      }
      if (!only.includes("year")) continue;
      for (const [name = "", contender = ""] of contenders) {
        const directory = join(root, `${name}-copy`);
        await cp(join(root, name), directory, { recursive: true });
        for (const measure of ["start", "kill", "startAfterKill", "reading", "expiry"]) {
          add(name, await measureApart(measure, contender, directory));
        }
        await rm(directory, { recursive: true });
      }
    }
  } finally {
    await rm(root, { recursive: true });
  }
  for (const [what, row] of figures) {
    const cells = [...row].map(([name, { unit, all }]) => `${name} ${median(all).toFixed(1)} ${unit}`);
    process.stdout.write(`${what}: ${cells.join(", ")}\n`);
  }
}

function moduleUrl(path: string): string {
  return pathToFileURL(resolve(path)).href;
}

const measure = values.measure === undefined ? compare : measurements[values.measure];
await measure?.();
