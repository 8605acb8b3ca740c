import { expect, it } from "vitest";
import { stepTimes } from "./step-times";

const at = (second: number) => ({ created_at: new Date(second * 1_000).toISOString() });

it("counts each step from the end of the one before, by what was there first", () => {
  const beginnings = { users: [at(90), at(10)], tokens: [at(52), at(80)], keys: [at(60)], answeredAtMs: 63_000 };
  expect(stepTimes(beginnings)).toEqual({ tokenMs: 42_000, keyMs: 8_000, requestMs: 3_000 });
});

it("says nothing of a step that is to come, or came before its turn", () => {
  const beginnings = { users: [at(10)], tokens: [at(5)], keys: [], answeredAtMs: null };
  expect(stepTimes(beginnings)).toEqual({ tokenMs: null, keyMs: null, requestMs: null });
});
