import { inspect } from "node:util";

const mask = "[secret]";

/**
 * A string that cannot be logged, serialised or interpolated by accident: every conversion gives `[secret]`.
 * `reveal()` is the one way to the value; call it where the value leaves for its purpose, nowhere else.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** The first `head` and last `tail` characters around `…`; only `…` when fewer than six would stay hidden. */
  preview(head: number, tail: number): string {
    if (this.#value.length < head + tail + 6) return "…";
    return `${this.#value.slice(0, head)}…${this.#value.slice(-tail)}`;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}
