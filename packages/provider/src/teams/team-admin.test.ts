import { expect, test } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { TeamAdmin } from "./team-admin.js";

test("the trail tells what a change changed of a team, as it was and as it is", async () => {
  const bench = await openBench();
  const teams = new TeamAdmin(bench);
  const { team } = await teams.create("ada", { name: "Red", limits: { maxRequests: 5 } });
  await teams.update("ada", team.id, {
    name: "Blue",
    limits: { maxRequests: null, maxCredits: 2, requestsPerMinute: null },
  });
  expect((await bench.trail()).at(-1)).toMatchObject({ action: "team.update", subjectId: team.id });
  expect((await bench.trail()).at(-1)?.detail).toEqual({
    name: "Blue",
    changed: "name,maxRequests,maxCredits,requestsPerMinute",
    "before.name": "Red",
    "after.name": "Blue",
    "before.maxRequests": 5,
    "after.maxRequests": null,
    "before.maxCredits": null,
    "after.maxCredits": 2,
  });
});
