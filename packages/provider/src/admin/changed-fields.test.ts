import { expect, test } from "vitest";
import { changedFields } from "./changed-fields.js";

test("a change is told by the fields that are not what they were, before and after", () => {
  const before = { alias: "ci", enabled: true, maxRequests: null, allowedModels: ["gpt-*"] };
  expect(changedFields(before, { ...before, maxRequests: 10, allowedModels: ["gpt-*", "o3"] })).toEqual({
    "before.maxRequests": null,
    "after.maxRequests": 10,
    "before.allowedModels": '["gpt-*"]',
    "after.allowedModels": '["gpt-*","o3"]',
  });
  expect(changedFields(before, { ...before, allowedModels: ["gpt-*"] })).toEqual({});
});

test("what is long is cut", () => {
  const { "after.names": names } = changedFields({ names: {} }, { names: { a: "x".repeat(1_000) } });
  expect(String(names)).toHaveLength(501);
});
