import { expect, test } from "vitest";
import { createManualClock } from "./manual-clock.js";

function record() {
  const clock = createManualClock(1000);
  const ran: [string, number][] = [];
  const at = (delayMs: number, name: string) => clock.schedule(delayMs, () => ran.push([name, clock.nowMs()]));
  return { clock, ran, at };
}

test("what falls due runs in order of time, then of scheduling, each at its own time", () => {
  const { clock, ran, at } = record();
  at(20, "c");
  at(10, "a");
  at(10, "b");
  at(21, "later");
  clock.advance(20);
  expect(ran).toEqual([
    ["a", 1010],
    ["b", 1010],
    ["c", 1020],
  ]);
  expect([clock.nowMs(), clock.waiting()]).toEqual([1020, 1]);
});

test("what a callback schedules runs within the same advance when it falls due there", () => {
  const { clock, ran, at } = record();
  clock.schedule(10, () => at(5, "inner"));
  clock.advance(20);
  expect(ran).toEqual([["inner", 1015]]);
});

test("what was cancelled does not run, nor does it bring forward what comes after", () => {
  const { clock, ran, at } = record();
  at(10, "cancelled")();
  at(30, "late");
  clock.advance(20);
  expect([ran, clock.waiting()]).toEqual([[], 1]);
});

test("a step goes to what is due next, however far off", () => {
  const { clock, ran, at } = record();
  at(10, "cancelled")();
  at(1e6, "far");
  expect(clock.step()).toBe(true);
  expect(ran).toEqual([["far", 1000 + 1e6]]);
  expect(clock.step()).toBe(false);
});

test("a great many run in order, whatever the order in which they were scheduled", () => {
  const { clock, ran, at } = record();
  const count = 1_000;
  // 7 and 1,000 have no common factor: every delay of 0 to 99 comes up ten times, far apart.
  for (let index = 0; index < count; index += 1) at(((index * 7) % count) % 100, String(index));
  clock.advance(100);
  const inOrder = ran.every(([name, atMs], index) => {
    const [nameBefore = "-1", atMsBefore = 0] = ran[index - 1] ?? [];
    return atMsBefore < atMs || (atMsBefore === atMs && Number(nameBefore) < Number(name));
  });
  expect([ran.length, inOrder]).toEqual([count, true]);
});
