import { hourMs } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, test } from "vitest";
import { RefusedParameters } from "./refused-parameters.js";

test("what a model refused is known for an hour, for that model only", () => {
  const clock = createManualClock();
  const refusals = new RefusedParameters(clock);
  expect(refusals.of("a")).toEqual([]);
  refusals.note("a", ["temperature"]);
  clock.advance(hourMs / 2);
  refusals.note("a", ["top_p"]);
  refusals.note("a", []);
  expect([refusals.of("a"), refusals.of("b")]).toEqual([["temperature", "top_p"], []]);
  clock.advance(hourMs / 2);
  expect(refusals.of("a")).toEqual(["top_p"]);
  clock.advance(hourMs / 2);
  expect(refusals.of("a")).toEqual([]);
});
