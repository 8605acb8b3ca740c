import assert from "node:assert/strict";
import type { RequestRecord } from "@copilot-llm/model";
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

/** Requests in two days: of two models, two keys and two tokens, some of which failed. */
async function appendVaried({ ledger }: Stores): Promise<void> {
  const failed = { outcome: "failed", status: 429, usage: null, premiumUnits: 0, nanoAiu: null } as const;
  const nextDay = { startedAtMs: sampleStartMs + dayMs };
  const changes: readonly Partial<RequestRecord>[] = [
    {},
    { keyId: "key_b", keyAlias: "b" },
    { modelUsed: "gpt-5-mini", tokenId: "tok_b", tokenAlias: "b" },
    { ...nextDay, keyId: "key_b", keyAlias: "renamed" },
    { ...nextDay, modelUsed: "gpt-5-mini" },
    { ...failed, errorCode: "limit_exceeded" },
    { ...failed, errorCode: "no_token_available", tokenId: null, tokenAlias: null },
    { ...failed, ...nextDay, errorCode: "limit_exceeded", keyId: null, keyAlias: "legacy", modelUsed: null },
    { ...nextDay, outcome: "aborted" },
  ];
  for (const [index, change] of changes.entries()) await ledger.append(sampleEntry(index, change));
}

async function countByTwo(stores: Stores, groupBy: StatisticsGrouping, splitBy: StatisticsGrouping) {
  const range = { fromMs: dayStartMs, toMs: dayStartMs + 2 * dayMs };
  const { totals, rows } = await stores.statistics.report({ ...range, groupBy, splitBy });
  assert.equal(totals.requests, 9);
  return rows.map(({ group, split, requests }) => [group, split, requests]);
}

function isNear(figure: number | null, expected: number): void {
  assert.ok(figure !== null && Math.abs(figure - expected) <= 0.05 * expected, `${figure} is not ${expected}`);
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
        await stores.ledger.append(sampleEntry(4, { outcome: "aborted", usage: null, premiumUnits: 0, nanoAiu: null }));
        await stores.ledger.append(sampleEntry(1));
        const { statistics } = await reopen();
        const { totals } = await statistics.report({ fromMs: dayStartMs, toMs: dayStartMs + dayMs, groupBy: "day" });
        const { latencyP50Ms, latencyP95Ms, latencyP99Ms, ...others } = totals;
        const { timeToFirstTokenP50Ms, timeToFirstTokenP95Ms, timeToFirstTokenP99Ms, ...sums } = others;
        assert.deepEqual(sums, {
          requests: 4,
          errors: 1,
          aborted: 1,
          inputTokens: 200,
          outputTokens: 40,
          cacheReadTokens: 100,
          cacheWriteTokens: 0,
          reasoningTokens: 10,
          premiumUnits: 0.66,
          nanoAiu: 4_000_000,
          unknownUsage: 1,
          batchPremiumUnits: 0,
          batchNanoAiu: 0,
          outputTokensPerSecondP50: null,
        });
        for (const figure of [latencyP50Ms, latencyP95Ms, latencyP99Ms]) isNear(figure, 1000);
        for (const figure of [timeToFirstTokenP50Ms, timeToFirstTokenP95Ms, timeToFirstTokenP99Ms]) isNear(figure, 300);
      }),
    );

    it(
      "tell the middle and the slow end of many latencies within 5 %",
      withStores(async ({ ledger, statistics }) => {
        const durations = Array.from({ length: 200 }, (_, index) => 20 * (index + 1));
        await Promise.all(
          durations.map((durationMs, index) =>
            ledger.append(sampleEntry(index, { durationMs, timeToFirstTokenMs: index < 100 ? durationMs / 10 : null })),
          ),
        );
        const { totals } = await statistics.report({ fromMs: 0, toMs: sampleStartMs + 1, groupBy: "hour" });
        isNear(totals.latencyP50Ms, 2000);
        isNear(totals.latencyP95Ms, 3800);
        isNear(totals.latencyP99Ms, 3960);
        isNear(totals.timeToFirstTokenP50Ms, 100);
        isNear(totals.timeToFirstTokenP95Ms, 190);
        isNear(totals.timeToFirstTokenP99Ms, 198);
      }),
    );

    it(
      "tell how fast tokens came where that is asked for, of answers that took their time",
      withStores(async (stores, { reopen }) => {
        const usage = { inputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
        const append = (index: number, tokens: number, changes: Partial<RequestRecord>) =>
          stores.ledger.append(sampleEntry(index, { usage: { ...usage, outputTokens: tokens }, ...changes }));
        for (let index = 0; index < 9; index += 1) {
          const slow = { timeToFirstTokenMs: 1_000, durationMs: 6_000, modelUsed: "slow" };
          await append(index, 20 * (index + 1), { ...slow, startedAtMs: sampleStartMs + index * hourMs });
        }
        await append(10, 1, { timeToFirstTokenMs: 0, durationMs: 4_000, modelUsed: "crawling" });
        await append(11, 4_000, { timeToFirstTokenMs: 500, durationMs: 2_500, modelUsed: "fast" });
        // In one piece, of no tokens, never begun, not completed.
        await append(12, 50, { timeToFirstTokenMs: 1_000, durationMs: 1_049, modelUsed: "none" });
        await append(13, 0, { modelUsed: "none" });
        await append(14, 50, { timeToFirstTokenMs: null, modelUsed: "none" });
        await append(15, 50, { outcome: "aborted", modelUsed: "none" });
        await stores.ledger.append(sampleEntry(16, { usage: null, modelUsed: "none" }));
        const range = { fromMs: dayStartMs, toMs: dayStartMs + dayMs };
        const check = async ({ statistics }: Stores): Promise<void> => {
          const read = async (groupBy: StatisticsGrouping, withOutputRates: boolean) => {
            const { totals, rows } = await statistics.report({ ...range, groupBy, withOutputRates });
            return { totals, rates: new Map(rows.map((row) => [row.group, row.outputTokensPerSecondP50])) };
          };
          const { totals, rates } = await read("model", true);
          isNear(totals.outputTokensPerSecondP50, 20);
          isNear(rates.get("slow") ?? null, 20);
          isNear(rates.get("crawling") ?? null, 0.25);
          isNear(rates.get("fast") ?? null, 2_000);
          assert.equal(rates.get("none"), null);
          isNear((await read("hour", true)).rates.get("2026-03-10T20:00:00.000Z") ?? null, 36);
          isNear((await read("month", true)).rates.get("2026-03") ?? null, 20);
          const unasked = await read("model", false);
          assert.deepEqual([unasked.totals.outputTokensPerSecondP50, ...unasked.rates.values()], Array(5).fill(null));
        };
        await check(stores);
        await check(await reopen());
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
      "are grouped by what made requests fail",
      withStores(async (stores, { reopen }) => {
        await appendVaried(stores);
        const { statistics } = await reopen();
        const range = { fromMs: dayStartMs, toMs: dayStartMs + 2 * dayMs };
        const { totals, rows } = await statistics.report({ ...range, groupBy: "error" });
        assert.deepEqual([totals.requests, totals.errors, totals.aborted], [9, 3, 1]);
        assert.deepEqual(
          rows.map(({ group, label, requests, errors }) => [group, label, requests, errors]),
          [
            ["limit_exceeded", "limit_exceeded", 2, 2],
            ["no_token_available", "no_token_available", 1, 1],
          ],
        );
      }),
    );

    it(
      "are grouped by protocol and by outcome, each by any other dimension, and by time",
      withStores(async (stores, { reopen }) => {
        await appendVaried(stores);
        const other = { startedAtMs: sampleStartMs, protocol: "anthropic-messages" } as const;
        await stores.ledger.append(sampleEntry(20, other));
        await stores.ledger.append(sampleEntry(21, { ...other, outcome: "failed", errorCode: "limit_exceeded" }));
        const range = { fromMs: dayStartMs, toMs: dayStartMs + 2 * dayMs };
        const check = async ({ statistics }: Stores): Promise<void> => {
          const list = async (groupBy: StatisticsGrouping, splitBy?: StatisticsGrouping) => {
            const query = { ...range, groupBy, ...(splitBy === undefined ? {} : { splitBy }) };
            const { rows } = await statistics.report(query);
            return rows.map(({ group, split, requests, errors }) => [group, split, requests, errors]);
          };
          assert.deepEqual(await list("protocol"), [
            ["openai-chat", null, 9, 3],
            ["anthropic-messages", null, 2, 1],
          ]);
          assert.deepEqual(await list("outcome"), [
            ["completed", null, 6, 0],
            ["failed", null, 4, 4],
            ["aborted", null, 1, 0],
          ]);
          assert.deepEqual(await list("protocol", "outcome"), [
            ["openai-chat", "completed", 5, 0],
            ["openai-chat", "failed", 3, 3],
            ["openai-chat", "aborted", 1, 0],
            ["anthropic-messages", "completed", 1, 0],
            ["anthropic-messages", "failed", 1, 1],
          ]);
          assert.deepEqual(await list("outcome", "key"), [
            ["completed", "key_a", 4, 0],
            ["completed", "key_b", 2, 0],
            ["failed", "key_a", 3, 3],
            ["failed", "legacy", 1, 1],
            ["aborted", "key_a", 1, 0],
          ]);
          assert.deepEqual(await list("day", "protocol"), [
            ["2026-03-10", "openai-chat", 5, 2],
            ["2026-03-10", "anthropic-messages", 2, 1],
            ["2026-03-11", "openai-chat", 4, 1],
          ]);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "tell what batches used apart, and of which answers the usage is not known",
      withStores(async (stores, { reopen }) => {
        const batch = { batchId: "batch_1", premiumUnits: 0.1, nanoAiu: 500 } as const;
        await stores.ledger.append(sampleEntry(1));
        await stores.ledger.append(sampleEntry(2, batch));
        await stores.ledger.append(sampleEntry(3, { ...batch, usage: null, premiumUnits: 0.2, nanoAiu: null }));
        // Neither of these was answered by GitHub, or costs anything.
        await stores.ledger.append(sampleEntry(4, { outcome: "aborted", usage: null, tokenId: null, premiumUnits: 0 }));
        await stores.ledger.append(sampleEntry(5, { operation: "count_tokens", usage: null, premiumUnits: 0 }));
        const check = async ({ statistics, ledger }: Stores): Promise<void> => {
          const query = { fromMs: dayStartMs, toMs: dayStartMs + dayMs, groupBy: "hour", splitBy: "token" } as const;
          const { totals, rows } = await statistics.report(query);
          const row = rows.find(({ split }) => split === "tok_a");
          for (const figures of [totals, row]) {
            assert.deepEqual(
              [figures?.unknownUsage, figures?.batchPremiumUnits, figures?.batchNanoAiu, figures?.premiumUnits],
              [1, 0.3, 500, 0.63],
            );
          }
          const [own, ofBatch] = [sampleEntry(1).record.id, sampleEntry(2).record.id];
          assert.equal((await ledger.findRecord(ofBatch))?.record.batchId, "batch_1");
          assert.equal((await ledger.findRecord(own))?.record.batchId, undefined);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "are grouped by five minutes, weeks and months",
      withStores(async (stores, { reopen }) => {
        const minutes = [0, 4.9, 5, 61].map((minute) => sampleStartMs + minute * 60_000);
        for (const [index, startedAtMs] of minutes.entries()) {
          await stores.ledger.append(sampleEntry(index, { startedAtMs }));
        }
        // Sunday, and Monday; the last day of the month before, and the first of the one after.
        for (const day of [-2, -1, -10, 22]) {
          await stores.ledger.append(sampleEntry(day + 20, { startedAtMs: sampleStartMs + day * dayMs }));
        }
        const current = await reopen();
        const recent = [sampleStartMs + 60_000, sampleStartMs + 8 * 60_000] as const;
        assert.deepEqual(await countBy(current, "5m", ...recent), {
          total: 3,
          rows: [
            ["2026-03-10T12:00:00.000Z", "2026-03-10T12:00:00.000Z", 2],
            ["2026-03-10T12:05:00.000Z", "2026-03-10T12:05:00.000Z", 1],
          ],
        });
        const all = [dayStartMs - 40 * dayMs, dayStartMs + 40 * dayMs] as const;
        assert.deepEqual((await countBy(current, "week", ...all)).rows, [
          ["2026-02-23", "2026-02-23", 1],
          ["2026-03-02", "2026-03-02", 1],
          ["2026-03-09", "2026-03-09", 5],
          ["2026-03-30", "2026-03-30", 1],
        ]);
        assert.deepEqual((await countBy(current, "month", ...all)).rows, [
          ["2026-02", "2026-02", 1],
          ["2026-03", "2026-03", 6],
          ["2026-04", "2026-04", 1],
        ]);
      }),
    );

    it(
      "are split by time, or by another dimension, in either direction",
      withStores(async (stores, { reopen }) => {
        await appendVaried(stores);
        const check = async (current: Stores) => {
          assert.deepEqual(await countByTwo(current, "day", "model"), [
            ["2026-03-10", "gpt-5", 4],
            ["2026-03-10", "gpt-5-mini", 1],
            ["2026-03-11", "gpt-5", 2],
            ["2026-03-11", null, 1],
            ["2026-03-11", "gpt-5-mini", 1],
          ]);
          assert.deepEqual(await countByTwo(current, "model", "day"), [
            ["gpt-5", "2026-03-10", 4],
            ["gpt-5", "2026-03-11", 2],
            ["gpt-5-mini", "2026-03-10", 1],
            ["gpt-5-mini", "2026-03-11", 1],
            [null, "2026-03-11", 1],
          ]);
          assert.deepEqual(await countByTwo(current, "key", "model"), [
            ["key_a", "gpt-5", 4],
            ["key_a", "gpt-5-mini", 2],
            ["key_b", "gpt-5", 2],
            ["legacy", null, 1],
          ]);
          assert.deepEqual(await countByTwo(current, "model", "key"), [
            ["gpt-5", "key_a", 4],
            ["gpt-5", "key_b", 2],
            ["gpt-5-mini", "key_a", 2],
            [null, "legacy", 1],
          ]);
          assert.deepEqual(await countByTwo(current, "token", "error"), [
            ["tok_a", "limit_exceeded", 2],
            [null, "no_token_available", 1],
          ]);
          assert.deepEqual(await countByTwo(current, "error", "5m"), [
            ["limit_exceeded", "2026-03-10T12:00:00.000Z", 1],
            ["limit_exceeded", "2026-03-11T12:00:00.000Z", 1],
            ["no_token_available", "2026-03-10T12:00:00.000Z", 1],
          ]);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "name both dimensions by the alias last seen, with all figures of each pair",
      withStores(async (stores) => {
        await appendVaried(stores);
        const range = { fromMs: dayStartMs, toMs: dayStartMs + 2 * dayMs };
        const { rows } = await stores.statistics.report({ ...range, groupBy: "token", splitBy: "key" });
        const row = rows.find(({ group, split }) => group === "tok_a" && split === "key_b");
        assert.deepEqual([row?.label, row?.splitLabel, row?.nanoAiu], ["a", "renamed", 4_000_000]);
        isNear(row?.latencyP99Ms ?? null, 1000);
      }),
    );

    it(
      "add up to the same over any stretch of weeks and months, whatever rows are made of",
      withStores(async (stores, { clock, reopen }) => {
        const entries = Array.from({ length: 150 }, (_, index) => {
          const startedAtMs = dayStartMs - 70 * dayMs + index * 12 * hourMs + 1;
          return sampleEntry(index, { startedAtMs, modelUsed: `model-${index % 3}`, keyId: `key_${index % 5}` });
        });
        await Promise.all(entries.map((entry) => stores.ledger.append(entry)));
        clock.advance(5 * dayMs);
        const { statistics } = await reopen();
        for (const [from, to] of [
          [-70, 5],
          [-69, -1],
          [-40, -8],
          [-12, 3],
          [-9, -9],
        ] as const) {
          const range = { fromMs: dayStartMs + from * dayMs, toMs: dayStartMs + to * dayMs };
          const expected = entries.filter(
            ({ record }) => record.startedAtMs >= range.fromMs && record.startedAtMs < range.toMs,
          ).length;
          const groupings = [["model"], ["key", "model"], ["month", "key"], ["week"], ["model", "day"]] as const;
          for (const [groupBy, splitBy] of groupings) {
            const split = splitBy === undefined ? {} : { splitBy };
            const { totals, rows } = await statistics.report({ ...range, groupBy, ...split });
            assert.equal(totals.requests, expected);
            assert.equal(
              rows.reduce((sum, { requests }) => sum + requests, 0),
              expected,
              `${groupBy} by ${splitBy} from ${from} to ${to}`,
            );
          }
        }
      }),
    );

    it(
      "count the requests of each group as their rows do",
      withStores(async (stores, { reopen }) => {
        await appendVaried(stores);
        const { statistics } = await reopen();
        const range = { fromMs: dayStartMs, toMs: dayStartMs + 2 * dayMs };
        const dimensions = ["model", "key", "token", "error", "protocol", "outcome"] as const;
        for (const span of [range, { ...range, fromMs: sampleStartMs + hourMs }]) {
          const counts = await statistics.count({ ...span, dimensions });
          const expected = [];
          for (const dimension of dimensions) {
            const { rows } = await statistics.report({ ...span, groupBy: dimension });
            expected.push(...rows.map(({ group, requests }) => ({ dimension, group, requests })));
          }
          assert.deepEqual(counts, expected);
        }
        assert.deepEqual(await statistics.count({ ...range, dimensions: [] }), []);
        assert.deepEqual(await statistics.count({ fromMs: 0, toMs: dayMs, dimensions }), []);
      }),
    );

    it(
      "are refused by the same twice, and by two times",
      withStores(async ({ statistics }) => {
        const range = { fromMs: 0, toMs: sampleStartMs };
        for (const [groupBy, splitBy] of [
          ["model", "model"],
          ["day", "hour"],
        ] as const) {
          await assert.rejects(statistics.report({ ...range, groupBy, splitBy }), { code: "invalid_request" });
        }
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

    it(
      "by day, week and month are of the time zone that is asked for",
      withStores(async ({ ledger, statistics }) => {
        const at = (text: string) => ({ startedAtMs: Date.parse(text) });
        // Sunday evening in Greenwich is Monday in Shanghai, and still Sunday in New York.
        await ledger.append(sampleEntry(1, at("2026-03-08T15:59:00Z")));
        await ledger.append(sampleEntry(2, at("2026-03-08T16:00:00Z")));
        await ledger.append(sampleEntry(3, { ...at("2026-03-09T03:30:00Z"), keyId: "key_b", keyAlias: "b" }));
        const range = { fromMs: dayStartMs - 7 * dayMs, toMs: dayStartMs };
        const names = async (groupBy: StatisticsGrouping, timeZone?: string, splitBy?: StatisticsGrouping) => {
          const zone = timeZone === undefined ? {} : { timeZone };
          const report = await statistics.report({
            ...range,
            groupBy,
            ...zone,
            ...(splitBy === undefined ? {} : { splitBy }),
          });
          assert.equal(report.totals.requests, 3);
          return report.rows.map(({ group, split, requests }) => [group, split, requests]);
        };
        assert.deepEqual(await names("day", "Asia/Shanghai"), [
          ["2026-03-08", null, 1],
          ["2026-03-09", null, 2],
        ]);
        assert.deepEqual(await names("day", "America/New_York"), [["2026-03-08", null, 3]]);
        assert.deepEqual(await names("week", "Asia/Shanghai"), [
          ["2026-03-02", null, 1],
          ["2026-03-09", null, 2],
        ]);
        assert.deepEqual(await names("month", "Asia/Shanghai"), [["2026-03", null, 3]]);
        assert.deepEqual(await names("key", "America/New_York", "day"), [
          [sampleEntry(1).record.keyId, "2026-03-08", 2],
          ["key_b", "2026-03-08", 1],
        ]);
        assert.deepEqual(await names("hour", "Asia/Shanghai"), await names("hour"));
        assert.deepEqual(await names("day"), [
          ["2026-03-08", null, 2],
          ["2026-03-09", null, 1],
        ]);
      }),
    );

    it(
      "by day of a zone that is no whole hours off are exact for a week, also at the ends of a range",
      withStores(async (stores, { clock, reopen }) => {
        // Midnight is at 18:30 in Kolkata, at 18:15 in Kathmandu; each quarter of that hour has requests of its own.
        const days = 10;
        const quarters = [0, 1, 1, 2, 3, 3, 3];
        let number = 0;
        for (let day = 0; day < days; day += 1) {
          for (const quarter of [-4, ...quarters]) {
            const startedAtMs = dayStartMs + day * dayMs + 18 * hourMs + quarter * 900_000 + 1;
            await stores.ledger.append(sampleEntry(number, { startedAtMs }));
            number += 1;
          }
        }
        clock.advance(dayStartMs + days * dayMs - clock.nowMs());
        await stores.ledger.expire(0);
        const { statistics } = await reopen();
        const check = async (timeZone: string, edgeMinute: number, before: number) => {
          const edgeMs = (day: number) => dayStartMs + day * dayMs + 18 * hourMs + edgeMinute * 60_000;
          const perDay = quarters.length + 1;
          const range = { fromMs: edgeMs(4), toMs: edgeMs(9), timeZone };
          for (const dimension of [undefined, "model"] as const) {
            const split = dimension === undefined ? {} : { splitBy: dimension };
            const { totals, rows } = await statistics.report({ ...range, groupBy: "day", ...split });
            assert.deepEqual(
              rows.map(({ group, requests }) => [group, requests]),
              [15, 16, 17, 18, 19].map((date) => [`2026-03-${date}`, perDay]),
            );
            assert.deepEqual([totals.requests, totals.inputTokens], [5 * perDay, 500 * perDay]);
          }
          const { rows: models } = await statistics.report({ ...range, groupBy: "model" });
          assert.deepEqual(
            models.map(({ group, requests }) => [group, requests]),
            [["gpt-5", 5 * perDay]],
          );
          const { rows: turned } = await statistics.report({ ...range, groupBy: "model", splitBy: "day" });
          assert.equal(turned.length, 5);
          const last = { fromMs: edgeMs(9) - hourMs, toMs: edgeMs(9) + hourMs, timeZone, groupBy: "day" } as const;
          assert.deepEqual(
            (await statistics.report(last)).rows.map(({ group, requests }) => [group, requests]),
            [
              ["2026-03-19", before],
              ["2026-03-20", perDay - before],
            ],
          );
        };
        await check("Asia/Kolkata", 30, 4);
        await check("Asia/Kathmandu", 15, 2);
      }),
    );

    it(
      "by day of a zone hold 23 hours and 25 where its clocks change",
      withStores(async ({ ledger, statistics }, { clock }) => {
        const hourlyOf = async (from: string, hours: number) => {
          const fromMs = Date.parse(from);
          clock.advance(Math.max(0, fromMs + hours * hourMs - clock.nowMs()));
          for (let hour = 0; hour < hours; hour += 1) {
            await ledger.append(sampleEntry(hour, { startedAtMs: fromMs + hour * hourMs }));
          }
          const { rows } = await statistics.report({
            fromMs,
            toMs: fromMs + hours * hourMs,
            groupBy: "day",
            timeZone: "Europe/Berlin",
          });
          return rows.map(({ group, requests }) => [group, requests]);
        };
        assert.deepEqual(await hourlyOf("2026-03-27T23:00:00Z", 72), [
          ["2026-03-28", 24],
          ["2026-03-29", 23],
          ["2026-03-30", 24],
          ["2026-03-31", 1],
        ]);
        assert.deepEqual(await hourlyOf("2026-10-24T22:00:00Z", 49), [
          ["2026-10-25", 25],
          ["2026-10-26", 24],
        ]);
      }),
    );
  });
}
