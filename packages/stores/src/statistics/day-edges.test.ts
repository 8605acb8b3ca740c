import { dayMs, hourMs } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { edgeHours, edgesKeptFromMs, findDayEdges, fineKeptFromMs, listExpiredFine } from "./day-edges.js";

const noonMs = Date.UTC(2026, 2, 10, 12);

it("knows every hour within which a day of any time zone begins", () => {
  const found = new Set<number>();
  for (const timeZone of Intl.supportedValuesOf("timeZone")) {
    // Before and after every change of clocks.
    for (const month of [0, 3, 6, 9]) {
      const fromMs = Date.UTC(2026, month, 7);
      for (const edge of findDayEdges(timeZone, { fromMs, toMs: fromMs + dayMs })) {
        found.add((edge.hourMs - fromMs) / hourMs);
      }
    }
  }
  expect([...found].sort((a, b) => a - b)).toEqual(edgeHours);
});

it.each([
  ["Asia/Kolkata", 18, 30],
  ["Asia/Kathmandu", 18, 15],
  ["America/St_Johns", 2, 30],
])("finds when days begin in %s", (timeZone, hour, minute) => {
  const fromMs = Date.UTC(2026, 6, 10);
  const edges = findDayEdges(timeZone, { fromMs, toMs: fromMs + 2 * dayMs });
  expect(edges).toEqual(
    [fromMs, fromMs + dayMs].map((dayStartMs) => ({
      hourMs: dayStartMs + hour * hourMs,
      startMs: dayStartMs + hour * hourMs + minute * 60_000,
    })),
  );
});

it("finds none where days begin with whole hours", () => {
  for (const timeZone of ["UTC", "Europe/Berlin", "Asia/Shanghai"]) {
    expect(findDayEdges(timeZone, { fromMs: noonMs, toMs: noonMs + 8 * dayMs })).toEqual([]);
  }
});

it("lets go of everything by five minutes but the edges, and of today and yesterday nothing", () => {
  const expired = listExpiredFine(noonMs);
  expect(expired[0]).toEqual({ fromMs: edgesKeptFromMs(noonMs), toMs: edgesKeptFromMs(noonMs) + 2 * hourMs });
  expect(expired.at(-1)?.toMs).toBe(fineKeptFromMs(noonMs));
  const edges = findDayEdges("Asia/Kolkata", { fromMs: edgesKeptFromMs(noonMs), toMs: noonMs });
  const isExpired = (atMs: number) => expired.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  for (const edge of edges) expect([isExpired(edge.hourMs), isExpired(edge.startMs - 1)]).toEqual([false, false]);
  expect(edges).toHaveLength(7);
});
