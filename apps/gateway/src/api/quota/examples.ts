import type { QuotaCyclesView, QuotaForecastView } from "./schemas.js";

const outlook = {
  reset_at: "2026-06-01T00:00:00.000Z",
  entitlement: 300,
  used: 120,
  remaining: 180,
  unlimited: false,
  pace: null,
  projected_used_at_reset: { expected: 260, p10: 235, p90: 290 },
  projected_waste: { expected: 40, p10: 10, p90: 65 },
  runs_out_at: null,
};

export const quotaForecast: QuotaForecastView = {
  computed_at: "2026-05-10T09:30:00.000Z",
  routing_strategy: "round_robin",
  entities: [
    {
      entity: "alice",
      name: "alice",
      token_ids: ["tok_01KB6M3T7Z8W2Q4R"],
      unit: "premium_requests",
      ...outlook,
      used_here: 95,
      used_elsewhere: 25,
    },
  ],
  pool: [{ unit: "premium_requests", ...outlook, least_waste: 32 }],
};

export const quotaCycles: QuotaCyclesView = {
  cycles: [
    {
      entity: "alice",
      name: "alice",
      unit: "premium_requests",
      reset_at: "2026-05-01T00:00:00.000Z",
      seen_from: "2026-04-01T00:00:00.000Z",
      entitlement: 300,
      used: 240,
      used_here: 200,
      used_elsewhere: 40,
      lost: 60,
    },
  ],
};
