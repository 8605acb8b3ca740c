/** Time as a dependency, so that tests own it. */
export interface Clock {
  /** Wall clock, milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Monotonic milliseconds with a fraction, for durations only. */
  monotonicMs(): number;
  /** Calls `callback` once after `delayMs`, unless cancelled first. Never keeps the process alive. */
  schedule(delayMs: number, callback: () => void): Cancel;
}

export type Cancel = () => void;

/** Unpredictable values as a dependency. */
export interface Randomness {
  /** A number in [0, 1). */
  next(): number;
  /** `count` cryptographically strong bytes. */
  bytes(count: number): Uint8Array;
}
