import type { Cancel, Protocol, RequestRecord, TokenState } from "@copilot-llm/model";
import type { KeyStanding } from "../identity/key-standing.js";
import type { Alert } from "./alert.js";

/** A request that is sent to GitHub for the first time. How it goes on is told when it has ended. */
export interface StartedRequest {
  readonly id: string;
  readonly sentAtMs: number;
  readonly keyId: string | null;
  readonly keyAlias: string;
  readonly tokenId: string;
  readonly tokenAlias: string | null;
  readonly model: string;
  readonly protocol: Protocol;
  readonly userAgent: string | null;
}

/** What happens in this gateway, as it happens. */
export type LiveEvent =
  | {
      readonly kind: "token_state";
      readonly tokenId: string;
      /** Null once the token was removed. */
      readonly alias: string | null;
      readonly state: TokenState | null;
    }
  | { readonly kind: "request_started"; readonly request: StartedRequest }
  | { readonly kind: "request"; readonly record: RequestRecord }
  /** It came to a limit, expired, was disabled, or works again. */
  | { readonly kind: "key_state"; readonly keyId: string; readonly alias: string; readonly standing: KeyStanding }
  /** Created, changed or removed, by whichever gateway. */
  | { readonly kind: "key_changed"; readonly keyId: string }
  /** By whichever gateway. */
  | { readonly kind: "settings_changed" }
  /** That it stands now, or does no more. */
  | { readonly kind: "alert"; readonly alert: Alert; readonly stands: boolean };

export interface LiveListener {
  /** Called in the middle of what happens: must neither throw nor call back. `id` says from where to go on. */
  onEvent(event: LiveEvent, id: string): void;
  /** Called before the first event, when some were missed that are not kept any more. */
  onGap(): void;
  /** Nothing comes any more. */
  onEnd(): void;
}

const maxKept = 1_000;

/** Tells whoever listens, and keeps the latest events for those who come back. */
export class LiveEvents {
  /** Sets the ids of this run of the process apart from those of every other. */
  readonly #runId: string;
  readonly #listeners = new Set<LiveListener>();
  readonly #kept: LiveEvent[] = [];
  /** How many were published: the number of the last one. */
  #published = 0;

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** With the id of an event the listener first gets what came after that one. */
  subscribe(listener: LiveListener, afterId: string | null = null): Cancel {
    if (afterId !== null) this.#catchUp(listener, afterId);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: LiveEvent): void {
    this.#published += 1;
    this.#kept.push(event);
    if (this.#kept.length > maxKept) this.#kept.shift();
    const id = this.#idOf(this.#published);
    for (const listener of this.#listeners) listener.onEvent(event, id);
  }

  /** Lets go of every listener, so that their connections do not hold up a stop. */
  end(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.onEnd();
  }

  #catchUp(listener: LiveListener, afterId: string): void {
    const [runId, text = ""] = afterId.split("-");
    const seen = runId === this.#runId && /^\d+$/.test(text) ? Number(text) : -1;
    const forgotten = this.#published - this.#kept.length;
    if (seen < forgotten || seen > this.#published) {
      listener.onGap();
      return;
    }
    for (const [index, event] of this.#kept.entries()) {
      const number = forgotten + index + 1;
      if (number > seen) listener.onEvent(event, this.#idOf(number));
    }
  }

  #idOf(number: number): string {
    return `${this.#runId}-${number}`;
  }
}
