import { dayMs, dayStartMs, hourMs } from "@copilot-llm/model";
import { sampleEntry, sampleStartMs } from "../src/contract/index.js";
import type { Ledger } from "../src/interfaces/ledger.js";
import { edgeHours } from "../src/statistics/day-edges.js";

const firstMs = dayStartMs(sampleStartMs);
const days = 10;

/** The noon of the last day that `appendHalfHourly` knows. */
export const halfHourlyNowMs = firstMs + (days - 1) * dayMs + 12 * hourMs;

/** A request at the beginning of each half hour of ten days. */
export async function appendHalfHourly(ledger: Pick<Ledger, "append">): Promise<void> {
  const entries = Array.from({ length: 48 * days }, (_, number) =>
    sampleEntry(number, { startedAtMs: firstMs + (number * hourMs) / 2 }),
  );
  await Promise.all(entries.map((entry) => ledger.append(entry)));
}

/** Which of their five minutes stay: of today and yesterday all, of seven days before today those that a day may begin within. */
export function listKeptFiveMinutes(): readonly number[] {
  const kept: number[] = [];
  for (let day = days - 8; day < days; day += 1) {
    for (let half = 0; half < 48; half += 1) {
      const isEdge = half % 2 === 0 && edgeHours.includes(half / 2);
      if (day >= days - 2 || isEdge) kept.push(firstMs + day * dayMs + (half * hourMs) / 2);
    }
  }
  return kept;
}
