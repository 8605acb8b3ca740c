import type { GroupCount, StatisticsDimension } from "../interfaces/statistics.js";
import { noGroup } from "./cell-place.js";

/** Adds up how many requests each group of one dimension had. */
export class GroupCounts {
  readonly #dimension: StatisticsDimension;
  readonly #counts = new Map<string, number>();

  constructor(dimension: StatisticsDimension) {
    this.#dimension = dimension;
  }

  add(group: string, requests: number): void {
    this.#counts.set(group, (this.#counts.get(group) ?? 0) + requests);
  }

  /** Those with the most first. */
  list(): readonly GroupCount[] {
    return [...this.#counts]
      .map(([group, requests]) => ({ dimension: this.#dimension, group: group === noGroup ? null : group, requests }))
      .sort((a, b) => b.requests - a.requests || ((a.group ?? "") < (b.group ?? "") ? -1 : 1));
  }
}
