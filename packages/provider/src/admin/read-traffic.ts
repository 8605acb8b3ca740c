import { type Clock, dayMs, hourMs, hourStartMs } from "@copilot-llm/model";
import type { Statistics, StatisticsFigures, StatisticsRow } from "@copilot-llm/stores";

export type RequestCounts = Pick<StatisticsFigures, "requests" | "errors">;

/** How many requests there were, and how many failed, as the ledger has it. */
export interface Traffic {
  /** Of the last hour, to five minutes. */
  readonly hour: RequestCounts;
  /** Of the seven days before it, to the hour. */
  readonly week: RequestCounts;
  /** The hours that had requests, of as many days as are looked at; in order of time. */
  readonly busyHourStartsMs: readonly number[];
}

const weekMs = 7 * dayMs;
/** A week of requests, and the days without any that may come after it. */
const lookedAtMs = 10 * dayMs + hourMs;
const maxAgeMs = 60_000;

/**
 * Whoever asks within a minute is told the same. Rejects while the statistics cannot be read, and reads them anew when
 * asked again.
 */
export function createReadTraffic(
  statistics: Pick<Statistics, "report">,
  clock: Pick<Clock, "nowMs" | "monotonicMs">,
): () => Promise<Traffic> {
  let latest: { readonly traffic: Promise<Traffic>; readonly atMs: number } | null = null;
  return () => {
    const atMs = clock.monotonicMs();
    if (latest !== null && atMs - latest.atMs < maxAgeMs) return latest.traffic;
    const read = { traffic: readTraffic(statistics, clock.nowMs()), atMs };
    latest = read;
    read.traffic.catch(() => {
      if (latest === read) latest = null;
    });
    return read.traffic;
  };
}

async function readTraffic(statistics: Pick<Statistics, "report">, nowMs: number): Promise<Traffic> {
  const toMs = nowMs + 1;
  const [lastHour, hours] = await Promise.all([
    statistics.report({ fromMs: nowMs - hourMs, toMs, groupBy: "5m" }),
    statistics.report({ fromMs: nowMs - lookedAtMs, toMs, groupBy: "hour" }),
  ]);
  const { requests, errors } = lastHour.totals;
  const lastHourFromMs = hourStartMs(nowMs - hourMs);
  const weekRows = hours.rows.filter((row) => {
    const startMs = startOf(row);
    return startMs < lastHourFromMs && startMs >= lastHourFromMs - weekMs;
  });
  return { hour: { requests, errors }, week: addUp(weekRows), busyHourStartsMs: hours.rows.map(startOf) };
}

function startOf({ group }: StatisticsRow): number {
  return Date.parse(group ?? "");
}

function addUp(rows: readonly RequestCounts[]): RequestCounts {
  return rows.reduce(
    (sum, { requests, errors }) => ({
      requests: sum.requests + requests,
      errors: sum.errors + errors,
    }),
    { requests: 0, errors: 0 },
  );
}
