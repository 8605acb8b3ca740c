import type { Charges } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { noCharges } from "./charge-sum.js";
import { MinuteWindow, roomAtMs } from "./minute-window.js";

const nowMs = 100_000;
const one: Charges = { ...noCharges, requests: 1 };

function windowOf(...items: readonly [atMs: number, requests: number][]): MinuteWindow {
  const window = new MinuteWindow();
  for (const [atMs, requests] of items) window.add(atMs, { ...noCharges, requests });
  return window;
}

it("there is room when as much as is needed has left, whosever it was", () => {
  const own = windowOf([90_000, 1], [92_000, 0], [94_000, 3]);
  const others = windowOf([91_000, 1], [95_000, 1]);
  expect(roomAtMs([own], nowMs, "requests", 0)).toBe(150_000);
  expect(roomAtMs([own], nowMs, "requests", 2)).toBe(154_000);
  expect(roomAtMs([own, others], nowMs, "requests", 2)).toBe(151_000);
  expect(roomAtMs([own, others], nowMs, "requests", 6)).toBe(155_000);
  expect(roomAtMs([own, others], nowMs, "requests", 7)).toBe(160_000);
  expect(roomAtMs([own], nowMs, "tokens", 0)).toBe(160_000);
});

it("what came late stands in its place", () => {
  const window = windowOf([90_000, 1], [94_000, 1], [92_000, 1]);
  expect(roomAtMs([window], nowMs, "requests", 2)).toBe(152_000);
});

it("a busy minute is not looked through for a request that there is room for", () => {
  let looks = 0;
  const counted: Charges = {
    ...one,
    get requests() {
      looks += 1;
      return 1;
    },
  };
  const window = new MinuteWindow();
  for (let at = 0; at < 10_000; at += 1) window.add(60_000 + at, counted);
  looks = 0;
  expect(roomAtMs([window, windowOf([60_500, 1])], nowMs, "requests", -5)).toBe(120_000);
  expect(looks).toBe(1);
});
