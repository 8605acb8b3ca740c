import { expect, it } from "vitest";
import { stepTimes } from "./step-times";

const at = (second: number) => ({ created_at: new Date(second * 1_000).toISOString() });
const made = { users: [at(90), at(10)], tokens: [at(52), at(80)], keys: [at(60)] };

it("counts each step from the end of the one before, by what was there first", () => {
  expect(stepTimes({ ...made, connectedAtMs: 75_000, answeredAtMs: 78_000 })).toEqual({
    tokenMs: 42_000,
    keyMs: 8_000,
    connectMs: 15_000,
    requestMs: 3_000,
  });
});

it("counts a request from the key on where no client was connected before", () => {
  expect(stepTimes({ ...made, connectedAtMs: null, answeredAtMs: 63_000 })).toMatchObject({
    connectMs: null,
    requestMs: 3_000,
  });
});

it("says nothing of a step that is to come, or came before its turn", () => {
  const beginnings = { users: [at(10)], tokens: [at(5)], keys: [], connectedAtMs: null, answeredAtMs: null };
  expect(stepTimes(beginnings)).toEqual({ tokenMs: null, keyMs: null, connectMs: null, requestMs: null });
});
