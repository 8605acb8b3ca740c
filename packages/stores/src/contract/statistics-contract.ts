import assert from "node:assert/strict";
import type { StatisticsGrouping } from "../interfaces/statistics.js";
import type { Stores } from "../interfaces/stores.js";
import { sampleEntry, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const dayStartMs = Date.UTC(2026, 2, 10);

async function countBy(stores: Stores, groupBy: StatisticsGrouping, fromMs: number, toMs: number) {
  const { totals, rows } = await stores.statistics.report({ fromMs, toMs, groupBy });
  return { total: totals.requests, rows: rows.map(({ group, label, requests }) => [group, label, requests]) };
}

export function statisticsContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("statistics", () => {
    it(
      "are empty without requests",
      withStores(async ({ statistics }) => {
        const { totals, rows } = await statistics.report({ fromMs: 0, toMs: sampleStartMs, groupBy: "model" });
        assert.deepEqual(rows, []);
        assert.equal(totals.requests, 0);
        assert.equal(totals.latencyP50Ms, null);
      }),
    );

    it(
      "add up every figure of the records, also after a restart",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(sampleEntry(1));
        await stores.ledger.append(sampleEntry(2));
        await stores.ledger.append(sampleEntry(3, { outcome: "failed", usage: null, premiumUnits: 0, nanoAiu: null }));
        await stores.ledger.append(sampleEntry(1));
        const { statistics } = await reopen();
        const { totals } = await statistics.report({ fromMs: dayStartMs, toMs: dayStartMs + dayMs, groupBy: "day" });
        const { latencyP50Ms, latencyP95Ms, timeToFirstTokenP50Ms, ...sums } = totals;
        assert.deepEqual(sums, {
          requests: 3,
          errors: 1,
          inputTokens: 200,
          outputTokens: 40,
          cacheReadTokens: 100,
          cacheWriteTokens: 0,
          reasoningTokens: 10,
          premiumUnits: 0.66,
          nanoAiu: 4_000_000,
        });
        for (const [figure, expected] of [
          [latencyP50Ms, 1000],
          [latencyP95Ms, 1000],
          [timeToFirstTokenP50Ms, 300],
        ] as const) {
          assert.ok(figure !== null && Math.abs(figure - expected) <= 0.05 * expected, `${figure} is not ${expected}`);
        }
      }),
    );

    it(
      "tell the middle and the slow end of many latencies within 5 %",
      withStores(async ({ ledger, statistics }) => {
        const durations = Array.from({ length: 200 }, (_, index) => 20 * (index + 1));
        await Promise.all(
          durations.map((durationMs, index) =>
            ledger.append(sampleEntry(index, { durationMs, timeToFirstTokenMs: null })),
          ),
        );
        const { totals } = await statistics.report({ fromMs: 0, toMs: sampleStartMs + 1, groupBy: "hour" });
        assert.ok(Math.abs((totals.latencyP50Ms ?? 0) - 2000) <= 100);
        assert.ok(Math.abs((totals.latencyP95Ms ?? 0) - 3800) <= 190);
        assert.equal(totals.timeToFirstTokenP50Ms, null);
      }),
    );

    it(
      "are grouped by model, key, token, day and hour",
      withStores(async (stores, { reopen }) => {
        const later = sampleStartMs + hourMs;
        const nextDay = sampleStartMs + dayMs;
        await stores.ledger.append(sampleEntry(1));
        await stores.ledger.append(sampleEntry(2, { startedAtMs: later, keyAlias: "renamed" }));
        await stores.ledger.append(
          sampleEntry(3, {
            startedAtMs: nextDay,
            keyId: null,
            keyAlias: "legacy",
            modelUsed: null,
            tokenId: null,
            tokenAlias: null,
          }),
        );
        const range = [dayStartMs, dayStartMs + 2 * dayMs] as const;
        const check = async (current: Stores) => {
          assert.deepEqual(await countBy(current, "model", ...range), {
            total: 3,
            rows: [
              ["gpt-5", "gpt-5", 2],
              [null, null, 1],
            ],
          });
          assert.deepEqual((await countBy(current, "key", ...range)).rows, [
            ["key_a", "renamed", 2],
            ["legacy", "legacy", 1],
          ]);
          assert.deepEqual((await countBy(current, "token", ...range)).rows, [
            ["tok_a", "a", 2],
            [null, null, 1],
          ]);
          assert.deepEqual((await countBy(current, "day", ...range)).rows, [
            ["2026-03-10", "2026-03-10", 2],
            ["2026-03-11", "2026-03-11", 1],
          ]);
          assert.deepEqual(
            (await countBy(current, "hour", ...range)).rows.map(([group]) => group),
            ["2026-03-10T12:00:00.000Z", "2026-03-10T13:00:00.000Z", "2026-03-11T12:00:00.000Z"],
          );
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "of a range hold the hours that overlap it and no others",
      withStores(async (stores, { reopen }) => {
        for (let hour = 0; hour < 24; hour += 1) {
          await stores.ledger.append(sampleEntry(hour, { startedAtMs: dayStartMs + hour * hourMs + 1 }));
        }
        const current = await reopen();
        for (const groupBy of ["model", "day", "hour"] as const) {
          const { total, rows } = await countBy(current, groupBy, dayStartMs + 5.5 * hourMs, dayStartMs + 8 * hourMs);
          assert.equal(total, 3);
          assert.equal(
            rows.reduce((sum, [, , requests]) => sum + Number(requests), 0),
            3,
            groupBy,
          );
        }
      }),
    );

    it(
      "stay when a key's usage is reset",
      withStores(async ({ ledger, statistics }) => {
        await ledger.append(sampleEntry(1));
        await ledger.resetKeyUsage("key_a", sampleStartMs, null);
        const { totals } = await statistics.report({ fromMs: 0, toMs: sampleStartMs + 1, groupBy: "key" });
        assert.equal(totals.requests, 1);
      }),
    );
  });
}
