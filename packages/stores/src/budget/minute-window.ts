import type { Charges, ChargeUnit } from "@copilot-llm/model";
import { ChargeSum } from "./charge-sum.js";

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
  readonly #sum = new ChargeSum();
  #expiredThroughMs = Number.NEGATIVE_INFINITY;

  add(atMs: number, charges: Charges): MinuteItem {
    const item = { atMs, charges };
    // Nobody may ever ask what a key uses that has no limit per minute.
    this.#expire(atMs - minuteMs);
    if (atMs <= this.#expiredThroughMs) return item;
    let index = this.#items.length;
    while (index > this.#head && (this.#items[index - 1]?.atMs ?? 0) > atMs) index -= 1;
    if (index === this.#items.length) this.#items.push(item);
    else this.#items.splice(index, 0, item);
    this.#sum.add(charges);
    return item;
  }

  replace(item: MinuteItem, charges: Charges): void {
    if (item.atMs > this.#expiredThroughMs) {
      this.#sum.subtract(item.charges);
      this.#sum.add(charges);
    }
    item.charges = charges;
  }

  usedAt(atMs: number, unit: ChargeUnit): number {
    this.#expire(atMs - minuteMs);
    return this.#sum[unit];
  }

  /** What is in the window, by age: 0 is the oldest; undefined behind the newest. */
  itemAt(index: number): MinuteItem | undefined {
    return this.#items[this.#head + index];
  }

  #expire(throughMs: number): void {
    if (throughMs <= this.#expiredThroughMs) return;
    this.#expiredThroughMs = throughMs;
    for (
      let item = this.#items[this.#head];
      item !== undefined && item.atMs <= throughMs;
      item = this.#items[this.#head]
    ) {
      this.#sum.subtract(item.charges);
      this.#head += 1;
    }
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }
}

/**
 * When `needed` of the unit will have left the windows; a minute on when there is less than that in them. Looks at no more
 * than what has to leave: it is asked for every request, and a busy minute holds very many.
 */
export function roomAtMs(windows: readonly MinuteWindow[], atMs: number, unit: ChargeUnit, needed: number): number {
  const next = windows.map(() => 0);
  let freed = 0;
  for (let item = takeOldest(windows, next); item !== undefined; item = takeOldest(windows, next)) {
    freed += item.charges[unit];
    if (freed > 0 && freed >= needed) return item.atMs + minuteMs;
  }
  return atMs + minuteMs;
}

/** The oldest of what comes next in each window, and one step on in its window. */
function takeOldest(windows: readonly MinuteWindow[], next: number[]): MinuteItem | undefined {
  let oldest: MinuteItem | undefined;
  let of = 0;
  for (let index = 0; index < windows.length; index += 1) {
    const item = windows[index]?.itemAt(next[index] ?? 0);
    if (item === undefined || (oldest !== undefined && oldest.atMs <= item.atMs)) continue;
    oldest = item;
    of = index;
  }
  next[of] = (next[of] ?? 0) + 1;
  return oldest;
}
