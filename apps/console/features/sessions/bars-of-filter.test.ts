import { expect, it } from "vitest";
import { createStatsRow, everySession } from "../../testing/fixtures";
import { barsOfFilter, rowsOfOutcome } from "./bars-of-filter";

it.each([
  [{}, null, null, []],
  [{ protocol: "openai-chat" }, { dimension: "protocol", id: "openai-chat" }, null, []],
  [{ key: "k", status: "failed" }, { dimension: "key", id: "k" }, "failed", []],
  [{ model: "m", key: "k", code: "timeout" }, { dimension: "key", id: "k" }, null, ["model", "code"]],
  [{ text: "why", minMs: 5_000 }, null, null, ["min_ms", "q"]],
] as const)("follows of %j what statistics take, and tells the rest", (filter, only, outcome, ignored) => {
  expect(barsOfFilter({ ...everySession, ...filter })).toEqual({ only, outcome, ignored });
});

it.each([
  [null, 10, 2],
  ["completed", 7, 0],
  ["failed", 2, 2],
  ["aborted", 1, 0],
] as const)("leaves of the requests those that ended so: %s", (outcome, requests, errors) => {
  const rows = [createStatsRow({ requests: 10, errors: 2, aborted: 1 })];
  expect(rowsOfOutcome(rows, outcome)).toMatchObject([{ requests, errors }]);
});
