import type { Cancel, Clock, TokenState } from "@copilot-llm/model";
import type { PooledToken } from "./pooled-token.js";

/** What the pool tells about a token that is not as it was; `state` is null once the token was removed. */
export interface TokenStateChange {
  readonly tokenId: string;
  readonly previous: TokenState | null;
  readonly state: TokenState | null;
}

export type StateListener = (change: TokenStateChange) => void;

interface Watched {
  state: TokenState;
  wakeAtMs: number | null;
  cancel: Cancel | null;
}

/** Timers of Node cannot wait longer than 24.8 days; the watch then looks again and waits on. */
const longestDelayMs = 24 * 60 * 60_000;

/** Notices that tokens change state, by what happens to them or by time alone, and tells. */
export class StateWatch {
  readonly #clock: Clock;
  /** Called when time alone changed what a token can serve. */
  readonly #onWake: () => void;
  readonly #watched = new Map<PooledToken, Watched>();
  readonly #listeners = new Set<StateListener>();

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
  }

  subscribe(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Compares the token with what it was when last looked at. True when its state changed. */
  look(token: PooledToken): boolean {
    const nowMs = this.#clock.nowMs();
    const state = token.state(nowMs);
    let watched = this.#watched.get(token);
    const previous = watched?.state ?? null;
    if (watched === undefined) {
      watched = { state, wakeAtMs: null, cancel: null };
      this.#watched.set(token, watched);
    }
    watched.state = state;
    this.#arm(token, watched, nowMs);
    if (previous !== null && isSame(previous, state)) return false;
    this.#tell({ tokenId: token.id, previous, state });
    return true;
  }

  forget(token: PooledToken): void {
    const watched = this.#watched.get(token);
    if (watched === undefined) return;
    watched.cancel?.();
    this.#watched.delete(token);
    this.#tell({ tokenId: token.id, previous: watched.state, state: null });
  }

  #arm(token: PooledToken, watched: Watched, nowMs: number): void {
    const wakeAtMs = token.nextChangeMs(nowMs);
    if (wakeAtMs === watched.wakeAtMs) return;
    watched.cancel?.();
    watched.cancel = null;
    watched.wakeAtMs = wakeAtMs;
    if (wakeAtMs === null) return;
    watched.cancel = this.#clock.schedule(Math.min(wakeAtMs - nowMs, longestDelayMs), () => {
      watched.wakeAtMs = null;
      this.look(token);
      this.#onWake();
    });
  }

  #tell(change: TokenStateChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function isSame(a: TokenState, b: TokenState): boolean {
  if (a.status !== b.status) return false;
  const untilA = "untilMs" in a ? a.untilMs : null;
  const untilB = "untilMs" in b ? b.untilMs : null;
  const reasonA = "reason" in a ? a.reason : null;
  const reasonB = "reason" in b ? b.reason : null;
  return untilA === untilB && reasonA === reasonB;
}
