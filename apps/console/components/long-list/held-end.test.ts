import { expect, it } from "vitest";
import { isLeft, isNearEnd, isReached } from "./held-end";

const atEnd = { topPx: 4_500, heightPx: 500, contentPx: 5_000 };

it("is near its end for as much as a line or two", () => {
  expect(isNearEnd(atEnd)).toBe(true);
  expect(isNearEnd({ ...atEnd, topPx: 4_430 })).toBe(true);
  expect(isNearEnd({ ...atEnd, topPx: 4_429 })).toBe(false);
});

it("is reached by whoever goes to where it was, though it moves on meanwhile", () => {
  const above = { ...atEnd, topPx: 100 };
  expect(isReached(above, atEnd)).toBe(true);
  // The field below got larger with what was pasted into it.
  expect(isReached(above, { ...atEnd, heightPx: 360 })).toBe(true);
  expect(isReached(above, { ...atEnd, contentPx: 7_000 })).toBe(true);
  expect(isReached(above, { ...atEnd, topPx: 4_000 })).toBe(false);
  expect(isReached({ ...atEnd, topPx: 4_600 }, { ...atEnd, contentPx: 7_000 })).toBe(false);
});

it("is left by whoever goes up, a little with keys and wheel, or far at once", () => {
  expect(isLeft(atEnd, { ...atEnd, topPx: 4_400 }, true)).toBe(true);
  expect(isLeft(atEnd, { ...atEnd, topPx: 0 }, false)).toBe(true);
  expect(isLeft(atEnd, { ...atEnd, topPx: 4_450 }, true)).toBe(false);
});

it("is not left when more comes in, nor when the browser has to go up before it does", () => {
  expect(isLeft(atEnd, { ...atEnd, contentPx: 7_000 }, false)).toBe(false);
  // The field below got smaller, and the answer came at once.
  expect(isLeft(atEnd, { topPx: 4_100, heightPx: 900, contentPx: 7_000 }, false)).toBe(false);
  // A row was lower than was guessed.
  expect(isLeft(atEnd, { ...atEnd, topPx: 4_340, contentPx: 7_000 }, false)).toBe(false);
});
