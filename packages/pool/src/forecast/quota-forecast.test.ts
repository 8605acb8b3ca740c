import { dayMs, hourMs, type RoutingStrategy } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { DemandPace } from "./demand-pace.js";
import type { ForecastBucket } from "./forecast-input.js";
import { forecastQuotas, forecastWaste } from "./quota-forecast.js";

const nowMs = Date.UTC(2026, 5, 10, 12);
const none = DemandPace.steady(0);

function bucket(id: string, changes: Partial<ForecastBucket> = {}): ForecastBucket {
  return {
    id,
    tokenCount: 1,
    entitlement: 1_000,
    remaining: 600,
    resetAtMs: nowMs + 10 * dayMs,
    own: none,
    ...changes,
  };
}

function forecast(buckets: readonly ForecastBucket[], demand = none, strategy: RoutingStrategy = "round_robin") {
  const forecasts = forecastQuotas({ nowMs, strategy, buckets, demand });
  return new Map(forecasts.map((one) => [one.id, one]));
}

describe("the forecast of quotas", () => {
  it("loses what the pace does not use until the reset", () => {
    const [one] = forecastQuotas({
      nowMs,
      strategy: "round_robin",
      buckets: [bucket("a")],
      demand: DemandPace.steady(2),
    });
    expect(one?.waste.expected).toBeCloseTo(600 - 2 * 240);
    expect(one?.usedAtReset.expected).toBeCloseTo(400 + 2 * 240);
    expect(one?.runsOutAtMs).toBeNull();
  });

  it("says when nothing is left", () => {
    const found = forecast([bucket("a")], DemandPace.steady(5)).get("a");
    expect(found?.waste.expected).toBe(0);
    expect(found?.usedAtReset.expected).toBe(1_000);
    const hoursLeft = ((found?.runsOutAtMs ?? 0) - nowMs) / hourMs;
    expect(hoursLeft).toBeGreaterThan(118);
    expect(hoursLeft).toBeLessThanOrEqual(120);
    expect(forecast([bucket("a", { remaining: 0 })]).get("a")?.runsOutAtMs).toBe(nowMs);
  });

  it("gives turns to tokens, so that a payer of four seats is asked four times as often", () => {
    const found = forecast([bucket("a", { tokenCount: 4 }), bucket("b")], DemandPace.steady(2));
    expect((found.get("a")?.usedAtReset.expected ?? 0) - 400).toBeCloseTo(480 * 0.8, -1);
    expect((found.get("b")?.usedAtReset.expected ?? 0) - 400).toBeCloseTo(480 * 0.2, -1);
  });

  it("uses up first what is lost first under least_waste, and what comes after takes the rest", () => {
    const buckets = [
      bucket("late", { resetAtMs: nowMs + 20 * dayMs }),
      bucket("soon", { resetAtMs: nowMs + 5 * dayMs }),
    ];
    const found = forecast(buckets, DemandPace.steady(10), "least_waste");
    expect(found.get("soon")?.waste.expected).toBe(0);
    expect(found.get("soon")?.runsOutAtMs).not.toBeNull();
    expect(forecastWaste({ nowMs, strategy: "least_waste", buckets, demand: DemandPace.steady(3) })).toBeLessThan(
      forecastWaste({ nowMs, strategy: "fill_first", buckets, demand: DemandPace.steady(3) }),
    );
  });

  it("takes the fullest under most_remaining, and the first under fill_first", () => {
    const buckets = [bucket("a", { remaining: 200 }), bucket("b", { remaining: 900 })];
    const fullest = forecast(buckets, DemandPace.steady(1), "most_remaining");
    expect(fullest.get("a")?.waste.expected).toBeCloseTo(200);
    expect(fullest.get("b")?.waste.expected).toBeCloseTo(660);
    const first = forecast(buckets, DemandPace.steady(0.5), "fill_first");
    expect(first.get("a")?.waste.expected).toBeCloseTo(80);
    expect(first.get("b")?.waste.expected).toBeCloseTo(900);
  });

  it("counts what only one of them serves before what any may", () => {
    const found = forecast([bucket("a", { own: DemandPace.steady(1) }), bucket("b")]);
    expect(found.get("a")?.waste.expected).toBeCloseTo(360);
    expect(found.get("b")?.waste.expected).toBe(600);
  });

  it("gives a payer without a limit its turns, and no forecast", () => {
    const found = forecast(
      [bucket("a"), bucket("free", { remaining: Number.POSITIVE_INFINITY, entitlement: Number.POSITIVE_INFINITY })],
      DemandPace.steady(2),
    );
    expect([...found.keys()]).toEqual(["a"]);
    expect(found.get("a")?.waste.expected).toBeCloseTo(600 - 240, -1);
  });

  it("has a band as wide as the days were apart", () => {
    const history = Array.from({ length: 28 * 24 }, (_, hour) => ({
      hourStartMs: nowMs - 28 * dayMs + hour * hourMs,
      units: Math.floor(hour / 168) % 2 === 0 ? 0.5 : 1.5,
    }));
    const pace = DemandPace.of(history, { fromMs: nowMs - 28 * dayMs, toMs: nowMs });
    const found = forecast([bucket("a")], pace).get("a");
    expect(found?.waste.expected).toBeCloseTo(360);
    expect(found?.waste.p10).toBeLessThan(330);
    expect(found?.waste.p90).toBeGreaterThan(390);
    expect(found?.usedAtReset.p10).toBeCloseTo(1_000 - (found?.waste.p90 ?? 0));
    expect(found?.usedAtReset.p90).toBeCloseTo(1_000 - (found?.waste.p10 ?? 0));
  });
});
