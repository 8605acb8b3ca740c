import type { Cancel, RequestRecord, TokenState } from "@copilot-llm/model";

/** What happens in this gateway, as it happens. */
export type LiveEvent =
  | {
      readonly kind: "token_state";
      readonly tokenId: string;
      /** Null once the token was removed. */
      readonly alias: string | null;
      readonly state: TokenState | null;
    }
  | { readonly kind: "request"; readonly record: RequestRecord };

export interface LiveListener {
  /** Called in the middle of what happens: must neither throw nor call back. */
  onEvent(event: LiveEvent): void;
  /** Nothing comes any more. */
  onEnd(): void;
}

/** Tells whoever listens; nothing is kept for those who do not. */
export class LiveEvents {
  readonly #listeners = new Set<LiveListener>();

  subscribe(listener: LiveListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: LiveEvent): void {
    for (const listener of this.#listeners) listener.onEvent(event);
  }

  /** Lets go of every listener, so that their connections do not hold up a stop. */
  end(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.onEnd();
  }
}
