import type { Charges, ChargeUnit } from "@copilot-llm/model";
import { addCharges, noCharges, subtractCharges } from "./charge-sum.js";

const minuteMs = 60_000;

/** What one request takes from the last minute: first the estimate, then the truth. */
export interface MinuteItem {
  readonly atMs: number;
  charges: Charges;
}

/** What was taken during the last minute, in order of time. A step costs the same, however much there is. */
export class MinuteWindow {
  #items: MinuteItem[] = [];
  #head = 0;
  #sum: Charges = noCharges;
  #expiredThroughMs = Number.NEGATIVE_INFINITY;

  add(atMs: number, charges: Charges): MinuteItem {
    const item = { atMs, charges };
    // Nobody may ever ask what a key uses that has no limit per minute.
    this.#expire(atMs - minuteMs);
    if (atMs <= this.#expiredThroughMs) return item;
    let index = this.#items.length;
    while (index > this.#head && (this.#items[index - 1]?.atMs ?? 0) > atMs) index -= 1;
    this.#items.splice(index, 0, item);
    this.#sum = addCharges(this.#sum, charges);
    return item;
  }

  replace(item: MinuteItem, charges: Charges): void {
    if (item.atMs > this.#expiredThroughMs) {
      this.#sum = addCharges(subtractCharges(this.#sum, item.charges), charges);
    }
    item.charges = charges;
  }

  usedAt(atMs: number, unit: ChargeUnit): number {
    this.#expire(atMs - minuteMs);
    return this.#sum[unit];
  }

  /** What is in the window, oldest first. */
  *items(): Iterable<MinuteItem> {
    for (let index = this.#head; index < this.#items.length; index += 1) {
      const item = this.#items[index];
      if (item !== undefined) yield item;
    }
  }

  #expire(throughMs: number): void {
    if (throughMs <= this.#expiredThroughMs) return;
    this.#expiredThroughMs = throughMs;
    for (
      let item = this.#items[this.#head];
      item !== undefined && item.atMs <= throughMs;
      item = this.#items[this.#head]
    ) {
      this.#sum = subtractCharges(this.#sum, item.charges);
      this.#head += 1;
    }
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }
}

/** When `needed` of the unit will have left the window; a minute on when there is less than that in it. */
export function roomAtMs(items: readonly MinuteItem[], atMs: number, unit: ChargeUnit, needed: number): number {
  let freed = 0;
  for (const item of [...items].sort((one, other) => one.atMs - other.atMs)) {
    freed += item.charges[unit];
    if (freed > 0 && freed >= needed) return item.atMs + minuteMs;
  }
  return atMs + minuteMs;
}
