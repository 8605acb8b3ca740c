import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { dayMs, dayStartMs, type Log, type RequestRecord } from "@copilot-llm/model";
import * as z from "zod";
import type { StatisticsQuery, StatisticsReport } from "../../interfaces/statistics.js";
import {
  addToDay,
  adoptDay,
  createDay,
  type DayStatistics,
  hoursWithin,
  thinOut,
} from "../../statistics/day-statistics.js";
import { type Dimension, groupOf } from "../../statistics/grouped-cells.js";
import { reportStatistics, type StatisticsLabels } from "../../statistics/report-statistics.js";
import { encodeCheckedJson, readCheckedJson } from "../checked-json-file.js";

const labelsSchema = z.record(z.string(), z.string());

const version = 1;

/**
 * The CRC says that the day is as it was written: looking at each number takes too long. The first days did not know
 * when they begin; they are from when nothing expired, so that the records still tell everything.
 */
const daySchema = z.strictObject({
  version: z.literal(version),
  /** The last segment of the ledger whose records are in it. */
  throughSegment: z.int(),
  day: z.custom<DayStatistics>((day) => typeof day === "object" && day !== null && "startMs" in day),
  keyLabels: labelsSchema,
  tokenLabels: labelsSchema,
});

interface BookedDay {
  readonly statistics: DayStatistics;
  throughSegment: number;
  isChanged: boolean;
}

/** For so many days before the latest, groups are kept by the hour. */
const hourlyDays = 8;

/** A file that is ready to be written. */
export interface StatisticsFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The statistics in memory, one file per day on disk. Each file says up to where the ledger is in it, so that a replay
 * adds what is missing and nothing twice.
 */
export class StatisticsBook {
  readonly #directory: string;
  readonly #days = new Map<number, BookedDay>();
  readonly #labels = { key: new Map<string, string>(), token: new Map<string, string>() };
  readonly #restoredDays = new Set<number>();
  #hasDamage = false;
  #latestDayMs = Number.NEGATIVE_INFINITY;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(directory: string, log: Log): Promise<StatisticsBook> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const book = new StatisticsBook(directory);
    const names = (await readdir(directory)).filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name)).sort();
    for (const name of names) {
      const stored = await readCheckedJson(join(directory, name), daySchema, version);
      if (stored === null) {
        log.error("The statistics of a day are damaged or of an early form: they are taken from the records again.", {
          file: name,
        });
        book.#hasDamage = true;
      } else {
        book.#restore(stored);
      }
    }
    return book;
  }

  /** Files are damaged or gone: `recover` wants to see every record that no replay brings. */
  get needsRecovery(): boolean {
    return this.#hasDamage || this.#restoredDays.size === 0;
  }

  recover(record: RequestRecord, segment: number): void {
    if (!this.#restoredDays.has(dayStartMs(record.startedAtMs))) this.add(record, segment);
  }

  /** Counts the record, unless the file of its day already held what this segment holds. */
  add(record: RequestRecord, segment: number): void {
    const day = this.#day(dayStartMs(record.startedAtMs));
    if (segment <= day.throughSegment) return;
    addToDay(day.statistics, record);
    day.isChanged = true;
    this.#labels.key.set(groupOf(record, "key"), record.keyAlias);
    if (record.tokenAlias !== null) this.#labels.token.set(groupOf(record, "token"), record.tokenAlias);
  }

  /** The files that changed since the last call, as of the end of this segment. */
  takeChanges(throughSegment: number): readonly StatisticsFile[] {
    const files: StatisticsFile[] = [];
    for (const day of this.#days.values()) {
      if (!day.isChanged) continue;
      day.isChanged = false;
      day.throughSegment = throughSegment;
      files.push({ path: this.#path(day.statistics.startMs), text: encodeCheckedJson(this.#toStored(day)) });
    }
    return files;
  }

  /** In order of time. */
  days(): readonly DayStatistics[] {
    return [...this.#days.values()].map(({ statistics }) => statistics).sort((a, b) => a.startMs - b.startMs);
  }

  get labels(): StatisticsLabels {
    return this.#labels;
  }

  report(query: StatisticsQuery): StatisticsReport {
    const days = this.days().filter((day) => hoursWithin(day, query.fromMs, query.toMs).length > 0);
    return reportStatistics(days, this.#labels, query);
  }

  #day(startMs: number): BookedDay {
    const known = this.#days.get(startMs);
    if (known !== undefined) return known;
    const day = { statistics: createDay(startMs), throughSegment: 0, isChanged: false };
    this.#days.set(startMs, day);
    if (startMs > this.#latestDayMs) this.#beginDay(startMs);
    return day;
  }

  #beginDay(startMs: number): void {
    this.#latestDayMs = startMs;
    for (const day of this.#days.values()) {
      if (day.statistics.startMs >= startMs - hourlyDays * dayMs) continue;
      if (thinOut(day.statistics)) day.isChanged = true;
    }
  }

  #restore(stored: z.infer<typeof daySchema>): void {
    const { startMs } = stored.day;
    this.#days.set(startMs, {
      statistics: adoptDay(stored.day),
      throughSegment: stored.throughSegment,
      isChanged: false,
    });
    this.#restoredDays.add(startMs);
    this.#latestDayMs = Math.max(this.#latestDayMs, startMs);
    for (const [id, label] of Object.entries(stored.keyLabels)) this.#labels.key.set(id, label);
    for (const [id, label] of Object.entries(stored.tokenLabels)) this.#labels.token.set(id, label);
  }

  #toStored({ statistics, throughSegment }: BookedDay): z.infer<typeof daySchema> {
    const labels = (dimension: Exclude<Dimension, "model">) =>
      Object.fromEntries([...this.#labels[dimension]].filter(([group]) => group in statistics.groups[dimension]));
    return { version, throughSegment, day: statistics, keyLabels: labels("key"), tokenLabels: labels("token") };
  }

  #path(startMs: number): string {
    return join(this.#directory, `${new Date(startMs).toISOString().slice(0, 10)}.json`);
  }
}
