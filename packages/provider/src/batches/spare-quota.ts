import { nanoAiuPerCredit, type RequestRecord } from "@copilot-llm/model";
import type { EntityOutlook, QuotaForecast } from "../quota/quota-figures.js";

interface Use {
  readonly atMs: number;
  readonly entityId: string;
  readonly units: number;
}

/**
 * What batches may use of each billing entity's quota: what the latest forecast says will be lost even on a busy course
 * (nine of ten times it is more), less what batches have used here since. Nothing where nothing is foretold, and nothing
 * of a period that has ended since.
 */
export class SpareQuota {
  #computedAtMs = Number.NEGATIVE_INFINITY;
  #outlooks: ReadonlyMap<string, EntityOutlook> = new Map();
  #uses: Use[] = [];
  /** Their sums. */
  #used = new Map<string, number>();

  takeForecast({ computedAtMs, entities }: QuotaForecast): void {
    this.#computedAtMs = computedAtMs;
    this.#outlooks = new Map(entities.map((outlook) => [outlook.entityId, outlook]));
    const uses = this.#uses.filter(({ atMs }) => atMs >= computedAtMs);
    this.#uses = [];
    this.#used = new Map();
    for (const use of uses) this.#add(use);
  }

  /**
   * Whether so many units are to spare, or any at all where it is not known what a request will take (0). What was foretold
   * before this gateway alone drew on the entity does not count: others have used of it since.
   */
  mayDraw(entityId: string, units: number, nowMs: number, heldSinceMs: number): boolean {
    if (this.#computedAtMs < heldSinceMs) return false;
    const left = this.left(entityId, nowMs);
    return left > 0 && left >= units;
  }

  /** In the entity's own unit. */
  left(entityId: string, nowMs: number): number {
    const outlook = this.#outlooks.get(entityId);
    if (outlook === undefined || outlook.waste === null) return 0;
    if (outlook.resetAtMs !== null && outlook.resetAtMs <= nowMs) return 0;
    return Math.max(0, outlook.waste.p10 - (this.#used.get(entityId) ?? 0));
  }

  /** A request of a batch has ended. */
  noteUse({ tokenId, premiumUnits, nanoAiu }: RequestRecord, nowMs: number): void {
    if (tokenId === null) return;
    const outlook = [...this.#outlooks.values()].find(({ tokenIds }) => tokenIds.includes(tokenId));
    if (outlook === undefined) return;
    const units = outlook.unit === "credits" ? (nanoAiu ?? 0) / nanoAiuPerCredit : premiumUnits;
    if (units <= 0) return;
    this.#add({ atMs: Math.max(nowMs, this.#computedAtMs), entityId: outlook.entityId, units });
  }

  #add(use: Use): void {
    this.#uses.push(use);
    this.#used.set(use.entityId, (this.#used.get(use.entityId) ?? 0) + use.units);
  }
}
