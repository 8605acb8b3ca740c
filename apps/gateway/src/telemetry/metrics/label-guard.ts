/** What stands for every value above the bound. */
const otherValue = "other";

/** Bounds how many values a label can take: those that come first stay, what comes after the bound is `other`. */
export class LabelGuard {
  readonly #max: number;
  readonly #values = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  pass(value: string): string {
    if (this.#values.has(value)) return value;
    if (this.#values.size >= this.#max) return otherValue;
    this.#values.add(value);
    return value;
  }
}
