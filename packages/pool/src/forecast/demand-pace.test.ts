import { dayMs, hourMs } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { createSeededRandomness } from "../../testing/seeded-randomness.js";
import { DemandPace, type HourlyUnits } from "./demand-pace.js";

/** A Monday. */
const mondayMs = Date.UTC(2026, 5, 1);

function hours(days: number, unitsAt: (hour: number) => number): readonly HourlyUnits[] {
  return Array.from({ length: days * 24 }, (_, hour) => ({
    hourStartMs: mondayMs + hour * hourMs,
    units: unitsAt(hour),
  }));
}

describe("the pace of the last weeks", () => {
  it("tells the hours of the week apart, Monday first", () => {
    const history = hours(28, (hour) => (Math.floor(hour / 24) % 7 === 2 && hour % 24 === 9 ? 12 : 0));
    const pace = DemandPace.of(history, { fromMs: mondayMs, toMs: mondayMs + 28 * dayMs });
    expect(pace.unitsByHour).toHaveLength(168);
    expect(pace.unitsByHour[2 * 24 + 9]).toBe(12);
    expect(pace.unitsByHour.reduce((sum, units) => sum + units, 0)).toBe(12);
    const wednesdayMs = mondayMs + 100 * 7 * dayMs + 2 * dayMs + 9 * hourMs;
    expect(pace.between(wednesdayMs, wednesdayMs + hourMs / 4)).toBe(3);
    expect(pace.between(wednesdayMs + hourMs, wednesdayMs + 2 * hourMs)).toBe(0);
  });

  it("takes a weekday that it has not seen to be as the others, hour by hour", () => {
    const history = hours(3, (hour) => (hour % 24 === 9 ? 6 : 0));
    const pace = DemandPace.of(history, { fromMs: mondayMs, toMs: mondayMs + 3 * dayMs });
    expect(pace.unitsByHour[5 * 24 + 9]).toBe(6);
    expect(pace.unitsByHour[5 * 24 + 10]).toBe(0);
  });

  it("counts an hour that the window holds in part as that part", () => {
    const history = [{ hourStartMs: mondayMs, units: 5 }];
    const pace = DemandPace.of(history, { fromMs: mondayMs, toMs: mondayMs + hourMs / 2 });
    expect(pace.unitsByHour[0]).toBe(10);
  });

  it("is sure of what was the same every week, and less of what was not", () => {
    const window = { fromMs: mondayMs, toMs: mondayMs + 28 * dayMs };
    const same = DemandPace.of(
      hours(28, () => 2),
      window,
    );
    expect(same.uncertainty(10)).toBeCloseTo(0);
    const varied = DemandPace.of(
      hours(28, (hour) => (Math.floor(hour / 168) % 2 === 0 ? 1 : 3)),
      window,
    );
    expect(varied.uncertainty(10)).toBeGreaterThan(20);
    expect(varied.share(0.5).uncertainty(10)).toBeCloseTo(varied.uncertainty(10) / 2);
    const young = DemandPace.of(
      hours(2, () => 2),
      { fromMs: mondayMs, toMs: mondayMs + 2 * dayMs },
    );
    expect(young.uncertainty(10)).toBeGreaterThan(100);
  });

  it("has about four in five of the coming weeks within its bounds", () => {
    const randomness = createSeededRandomness(7);
    let within = 0;
    for (let round = 0; round < 200; round += 1) {
      const day = Array.from({ length: 38 }, () => 50 + 100 * randomness.next());
      const history = hours(28, (hour) => (day[Math.floor(hour / 24)] ?? 0) / 24);
      const pace = DemandPace.of(history, { fromMs: mondayMs, toMs: mondayMs + 28 * dayMs });
      const coming = day.slice(28).reduce((sum, units) => sum + units, 0);
      let expected = 0;
      for (let hour = 0; hour < 240; hour += 1) {
        const atMs = mondayMs + 28 * dayMs + hour * hourMs;
        expected += pace.between(atMs, atMs + hourMs);
      }
      if (Math.abs(coming - expected) <= pace.uncertainty(10)) within += 1;
    }
    expect(within / 200).toBeGreaterThan(0.7);
    expect(within / 200).toBeLessThan(0.9);
  });
});
