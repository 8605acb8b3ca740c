import { dayMs, hourMs, type RequestRecord } from "@copilot-llm/model";
import type { Statistics } from "@copilot-llm/stores";
import { sampleEntry } from "@copilot-llm/stores/contract";
import { expect, test } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { createReadTraffic } from "./read-traffic.js";
import { trafficAlerts } from "./traffic-alerts.js";

const failed = { outcome: "failed", status: 502, errorCode: "upstream_error", usage: null } as const;

/** A gateway that has run for ten days, and whoever counts what it is asked for. */
async function openTraffic() {
  const { stores, clock } = await openBench();
  clock.advance(10 * dayMs + 20 * 60_000);
  let appended = 0;
  const asked = { times: 0, fails: false };
  const statistics: Pick<Statistics, "report"> = {
    report: async (query) => {
      asked.times += 1;
      if (asked.fails) throw new Error("the disk is full");
      return stores.statistics.report(query);
    },
  };
  return {
    clock,
    asked,
    read: createReadTraffic(statistics, clock),
    /** So many requests that began so long ago. */
    async append(count: number, agoMs: number, changes: Partial<RequestRecord> = {}): Promise<void> {
      for (let index = 0; index < count; index += 1) {
        appended += 1;
        await stores.ledger.append(sampleEntry(appended, { startedAtMs: clock.nowMs() - agoMs, ...changes }));
      }
    },
  };
}

test("the last hour is counted apart from the seven days before it", async () => {
  const { read, append, clock } = await openTraffic();
  await append(90, 3 * dayMs);
  await append(10, 7 * dayMs + hourMs, failed);
  await append(3, 8 * dayMs, failed);
  await append(15, 50 * 60_000, failed);
  await append(5, 60_000);
  const traffic = await read();
  expect(traffic).toMatchObject({ hour: { requests: 20, errors: 15 }, week: { requests: 100, errors: 10 } });
  expect(trafficAlerts(traffic, clock.nowMs())).toMatchObject([{ code: "error_rate_high", rate: 0.75, weekRate: 0.1 }]);
});

test("a week of daily requests and a day without any are seen", async () => {
  const { read, append, clock } = await openTraffic();
  for (let day = 0; day < 7; day += 1) await append(1, day * dayMs);
  clock.advance(dayMs);
  expect(trafficAlerts(await read(), clock.nowMs())).toEqual([]);
  clock.advance(hourMs);
  const sinceMs = clock.nowMs() - dayMs - 20 * 60_000;
  expect(trafficAlerts(await read(), clock.nowMs())).toMatchObject([{ code: "nothing_recorded", sinceMs }]);
  clock.advance(2 * dayMs - 20 * 60_000 - 1);
  expect(trafficAlerts(await read(), clock.nowMs())).toMatchObject([{ code: "nothing_recorded", sinceMs }]);
});

test("the statistics are asked once a minute, whoever asks", async () => {
  const { read, clock, asked } = await openTraffic();
  await Promise.all([read(), read()]);
  clock.advance(59_999);
  await read();
  expect(asked.times).toBe(2);
  clock.advance(1);
  await read();
  expect(asked.times).toBe(4);
});

test("a failure is not kept", async () => {
  const { read, asked } = await openTraffic();
  asked.fails = true;
  await expect(read()).rejects.toThrow("the disk is full");
  asked.fails = false;
  expect((await read()).hour).toEqual({ requests: 0, errors: 0 });
});
