import type {
  LiveAlert,
  LiveKeyChange,
  LiveKeyState,
  LiveRequest,
  LiveStartedRequest,
  LiveTokenState,
} from "@copilot-llm/gateway/admin-api";

/** What the gateway tells as it happens, by the event's name. */
export interface LiveEvents {
  token_state: LiveTokenState;
  request_started: LiveStartedRequest;
  request: LiveRequest;
  key_state: LiveKeyState;
  key_changed: LiveKeyChange;
  settings_changed: object;
  alert: LiveAlert;
}

export type LiveStatus = "connecting" | "live" | "reconnecting" | "paused";

const liveEventNames = [
  "token_state",
  "request_started",
  "request",
  "key_state",
  "key_changed",
  "settings_changed",
  "alert",
] as const satisfies readonly (keyof LiveEvents)[];

/** The part of a browser's `EventSource` that is needed. */
export interface LiveSource {
  addEventListener(name: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

export interface LiveConnectionOptions {
  createSource: () => LiveSource;
  /** Runs something later; gives what calls it off. */
  schedule: (delayMs: number, run: () => void) => () => void;
  onStatus: (status: LiveStatus) => void;
  onEvent: <Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]) => void;
  /** Something may have been missed: what is shown has to be asked for again. */
  onGap: () => void;
}

const failuresBeforePolling = 3;
const pollEveryMs = 15_000;
const pauseAfterHiddenMs = 60_000;

/**
 * One connection to `/api/events` for the whole console. After three failures in a row what is shown is asked for every
 * 15 seconds instead; a page that nobody sees for a minute lets go of the connection.
 */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  #source: LiveSource | null = null;
  #failures = 0;
  #hadConnection = false;
  #cancelPoll: (() => void) | null = null;
  #cancelPause: (() => void) | null = null;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#source === null) this.#connect();
  }

  stop(): void {
    this.#disconnect();
    this.#cancelPause?.();
    this.#cancelPause = null;
  }

  /** Tells whether the page can be seen. */
  setVisible(isVisible: boolean): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    if (isVisible) {
      this.start();
      return;
    }
    this.#cancelPause = this.#options.schedule(pauseAfterHiddenMs, () => {
      this.#disconnect();
      this.#options.onStatus("paused");
    });
  }

  #connect(): void {
    const { createSource, onEvent, onStatus, onGap } = this.#options;
    onStatus(this.#hadConnection ? "reconnecting" : "connecting");
    const source = createSource();
    this.#source = source;
    source.addEventListener("open", () => {
      this.#cancelPoll?.();
      this.#cancelPoll = null;
      this.#failures = 0;
      if (this.#hadConnection) onGap();
      this.#hadConnection = true;
      onStatus("live");
    });
    source.addEventListener("error", () => this.#fail());
    for (const name of liveEventNames) {
      source.addEventListener(name, ({ data }) => {
        if (typeof data === "string") onEvent(name, JSON.parse(data));
      });
    }
    // The gateway tells again what was missed; where it cannot, it says so.
    source.addEventListener("gap", onGap);
  }

  /** The browser tries again by itself, unless the gateway refused; the polls try too. */
  #fail(): void {
    this.#failures += 1;
    this.#options.onStatus("reconnecting");
    if (this.#failures >= failuresBeforePolling && this.#cancelPoll === null) this.#poll();
  }

  #poll(): void {
    this.#cancelPoll = this.#options.schedule(pollEveryMs, () => {
      this.#options.onGap();
      this.#source?.close();
      this.#connect();
      this.#poll();
    });
  }

  #disconnect(): void {
    this.#source?.close();
    this.#source = null;
    this.#cancelPoll?.();
    this.#cancelPoll = null;
  }
}
