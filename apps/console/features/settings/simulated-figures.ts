import type { GatewaySettings } from "#lib/api/use-settings";

type Strategy = GatewaySettings["routing_strategy"];

/** What was lost of the quotas at their reset in a simulated month of 50 tokens, as a share. */
interface SimulatedLoss {
  /** All tokens reset on the same day. */
  together: number;
  /** Each token resets on its own day. */
  apart: number;
}

/** From the table in `docs/pool.md`, which a test holds against these. */
export const simulatedLosses: Record<Strategy, SimulatedLoss> = {
  round_robin: { together: 0.0004, apart: 0.2371 },
  most_remaining: { together: 0.0004, apart: 0.0038 },
  fill_first: { together: 0.0004, apart: 0.3669 },
  least_waste: { together: 0.0004, apart: 0.0006 },
};

export const strategies = [
  "round_robin",
  "most_remaining",
  "fill_first",
  "least_waste",
] as const satisfies readonly Strategy[];
