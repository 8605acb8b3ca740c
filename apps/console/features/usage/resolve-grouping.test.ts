import { expect, it } from "vitest";
import { resolveGrouping } from "./resolve-grouping";

const ofKey = { dimension: "key", id: "key_1" } as const;

it("splits as the view asks without a filter, but never a dimension by itself", () => {
  expect(resolveGrouping({ group: "team", subgroup: "key" }, null)).toEqual({ group: "team", splitBy: "key" });
  expect(resolveGrouping({ group: "key", subgroup: "key" }, null)).toEqual({ group: "key", splitBy: undefined });
});

it("asks with a filter for one dimension besides it", () => {
  expect(resolveGrouping({ group: "model", subgroup: "token" }, ofKey)).toEqual({ group: "model", splitBy: undefined });
  expect(resolveGrouping({ group: "key", subgroup: "token" }, ofKey)).toEqual({ group: "key", splitBy: "token" });
  expect(resolveGrouping({ group: "day", subgroup: "key" }, ofKey)).toEqual({ group: "day", splitBy: "key" });
});

it("shows models where teams are asked for with a filter, as teams are of all requests", () => {
  expect(resolveGrouping({ group: "team", subgroup: "key" }, ofKey)).toEqual({ group: "model", splitBy: undefined });
});
