/** The simulator's only source of time for dates, resets and expiries. Pacing of streams uses real timers. */
export interface SimulatorClock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
}

/** The machine's own clock. */
export const systemClock: SimulatorClock = { nowMs: () => Date.now() };
