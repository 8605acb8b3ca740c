import { hourMs, hourStartMs, nanoAiuPerCredit, type QuotaUnit } from "@copilot-llm/model";
import type { Statistics } from "@copilot-llm/stores";

type Units = Readonly<Record<QuotaUnit, number>>;

/** What a token used in one hour, in both units. */
interface HourOfToken {
  readonly all: Units;
  /** Of it, what somebody waited for: without batches. */
  readonly demand: Units;
}

/** One hour's use of some tokens together. */
export interface UsedHour {
  readonly hourStartMs: number;
  readonly units: number;
}

/** So far back the ledger is asked: a cycle and the hours after it. */
const keptHours = 33 * 24;
/** A request counts for the hour in which it began, and may end much later. */
const rereadHours = 3;

/** What each token used in each hour of the last weeks, as the ledger has it. Only the latest hours are read again. */
export class UsageHistory {
  readonly #statistics: Pick<Statistics, "report">;
  readonly #hours = new Map<string, Map<number, HourOfToken>>();
  #readUntilMs: number | null = null;

  constructor(statistics: Pick<Statistics, "report">) {
    this.#statistics = statistics;
  }

  async refresh(nowMs: number): Promise<void> {
    const keptFromMs = hourStartMs(nowMs) - keptHours * hourMs;
    const fromMs = this.#readUntilMs === null ? keptFromMs : hourStartMs(this.#readUntilMs) - rereadHours * hourMs;
    const query = { fromMs, toMs: nowMs + 1, groupBy: "token", splitBy: "hour" } as const;
    const { rows } = await this.#statistics.report(query);
    for (const hours of this.#hours.values()) {
      for (const startMs of hours.keys()) if (startMs < keptFromMs) hours.delete(startMs);
    }
    for (const { group, split, premiumUnits, nanoAiu, batchPremiumUnits, batchNanoAiu } of rows) {
      if (group === null || split === null) continue;
      const hours = this.#hours.get(group) ?? new Map<number, HourOfToken>();
      hours.set(Date.parse(split), {
        all: unitsOf(premiumUnits, nanoAiu),
        demand: unitsOf(premiumUnits - batchPremiumUnits, nanoAiu - batchNanoAiu),
      });
      this.#hours.set(group, hours);
    }
    this.#readUntilMs = nowMs;
  }

  /** What the tokens used together, by the hour, from one moment until before another. */
  unitsByHour(tokenIds: readonly string[], unit: QuotaUnit, fromMs: number, toMs: number): readonly UsedHour[] {
    return this.#listHours(tokenIds, fromMs, toMs, ({ all }) => all[unit]);
  }

  /** The same without what batches used: they take what is left over, and would have had less of more demand. */
  demandByHour(tokenIds: readonly string[], unit: QuotaUnit, fromMs: number, toMs: number): readonly UsedHour[] {
    return this.#listHours(tokenIds, fromMs, toMs, ({ demand }) => demand[unit]);
  }

  #listHours(
    tokenIds: readonly string[],
    fromMs: number,
    toMs: number,
    unitsIn: (hour: HourOfToken) => number,
  ): readonly UsedHour[] {
    return tokenIds.flatMap((tokenId) =>
      [...(this.#hours.get(tokenId) ?? [])].flatMap(([hourStartMs, hour]) => {
        const units = unitsIn(hour);
        return hourStartMs >= fromMs && hourStartMs < toMs && units > 0 ? [{ hourStartMs, units }] : [];
      }),
    );
  }

  /** When the first of these requests began, to the hour; null where there is none. */
  firstMs(tokenIds: readonly string[]): number | null {
    const starts = tokenIds.flatMap((tokenId) => [...(this.#hours.get(tokenId)?.keys() ?? [])]);
    return starts.length === 0 ? null : Math.min(...starts);
  }
}

function unitsOf(premiumUnits: number, nanoAiu: number): Units {
  return { premium_requests: premiumUnits, credits: nanoAiu / nanoAiuPerCredit };
}
