import type { CancelSignal } from "@copilot-llm/model";

/** Tells its listeners, once, that the client has hung up. */
export class HangUp implements CancelSignal {
  readonly #listeners: (() => void)[] = [];
  #aborted = false;

  get aborted(): boolean {
    return this.#aborted;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    if (!this.#aborted) this.#listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at !== -1) this.#listeners.splice(at, 1);
  }

  abort(): void {
    this.#aborted = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
