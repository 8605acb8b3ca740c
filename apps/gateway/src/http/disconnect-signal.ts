import type { ServerResponse } from "node:http";
import type { CancelSignal } from "@copilot-llm/model";
import { onceClosed } from "./once-closed.js";

/** Tells its listeners, once, that the client has hung up. */
export class DisconnectSignal implements CancelSignal {
  readonly #listeners: (() => void)[] = [];
  #aborted = false;

  /** Of the client that is being answered: it hangs up when the answer closes before it is whole, or has done so already. */
  static of(outgoing: ServerResponse): DisconnectSignal {
    const signal = new DisconnectSignal();
    onceClosed(outgoing, () => {
      if (!outgoing.writableFinished) signal.abort();
    });
    return signal;
  }

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
