import fc from "fast-check";
import { expect, it } from "vitest";
import type { StatisticsFigures, StatisticsRow } from "../../interfaces/statistics.js";
import { decodeReport, encodeReport } from "./report-message.js";

const sum = fc.nat();
const latency = fc.option(fc.nat(), { nil: null });
const text = fc.option(fc.constantFrom("gpt-5", "", "2026-03-10", "a key"), { nil: null });

const figures: fc.Arbitrary<StatisticsFigures> = fc.record({
  requests: sum,
  errors: sum,
  aborted: sum,
  inputTokens: sum,
  outputTokens: sum,
  cacheReadTokens: sum,
  cacheWriteTokens: sum,
  reasoningTokens: sum,
  premiumUnits: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  nanoAiu: fc.constantFrom(0, 2 ** 60),
  unknownUsage: sum,
  batchPremiumUnits: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  batchNanoAiu: sum,
  latencyP50Ms: latency,
  latencyP95Ms: latency,
  latencyP99Ms: latency,
  timeToFirstTokenP50Ms: latency,
  timeToFirstTokenP95Ms: latency,
  timeToFirstTokenP99Ms: latency,
  outputTokensPerSecondP50: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { nil: null }),
});

const row: fc.Arbitrary<StatisticsRow> = fc
  .tuple(figures, fc.record({ group: text, label: text, split: text, splitLabel: text }))
  .map(([sums, names]) => ({ ...names, ...sums }));

it("a report crosses whole", () => {
  fc.assert(
    fc.property(figures, fc.array(row), (totals, rows) => {
      const { result, parts } = encodeReport({ totals, rows });
      expect(decodeReport(structuredClone(result, { transfer: [...parts] as ArrayBuffer[] }))).toEqual({
        totals,
        rows,
      });
    }),
  );
});
