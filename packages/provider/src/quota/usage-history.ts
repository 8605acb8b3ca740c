import { hourMs, hourStartMs, nanoAiuPerCredit, type QuotaUnit } from "@copilot-llm/model";
import type { Statistics } from "@copilot-llm/stores";

/** What a token used in one hour, in both units. */
type HourOfToken = Readonly<Record<QuotaUnit, number>>;

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
    for (const { group, split, premiumUnits, nanoAiu } of rows) {
      if (group === null || split === null) continue;
      const hours = this.#hours.get(group) ?? new Map<number, HourOfToken>();
      hours.set(Date.parse(split), { premium_requests: premiumUnits, credits: nanoAiu / nanoAiuPerCredit });
      this.#hours.set(group, hours);
    }
    this.#readUntilMs = nowMs;
  }

  /** What the tokens used together, by the hour, from one moment until before another. */
  unitsByHour(
    tokenIds: readonly string[],
    unit: QuotaUnit,
    fromMs: number,
    toMs: number,
  ): readonly { readonly hourStartMs: number; readonly units: number }[] {
    return tokenIds.flatMap((tokenId) =>
      [...(this.#hours.get(tokenId) ?? [])].flatMap(([startMs, used]) =>
        startMs >= fromMs && startMs < toMs && used[unit] !== 0 ? [{ hourStartMs: startMs, units: used[unit] }] : [],
      ),
    );
  }

  /** When the first of these requests began, to the hour; null where there is none. */
  firstMs(tokenIds: readonly string[]): number | null {
    const starts = tokenIds.flatMap((tokenId) => [...(this.#hours.get(tokenId)?.keys() ?? [])]);
    return starts.length === 0 ? null : Math.min(...starts);
  }
}
