import { type KeyLimits, noLimits } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { beforeEach, describe, expect, test } from "vitest";
import type { TeamOfKey } from "../teams/team-directory.js";
import {
  admittedOf,
  answered,
  callOf,
  hello,
  keyWith,
  openServeBench,
  type ServeBench,
} from "../testing/open-serve-bench.js";
import { createReserveLimits } from "./reserve-limits.js";

const model = sampleModel();

let bench: ServeBench;
let team: TeamOfKey | null = null;
const teams = { teamOf: async () => team };
beforeEach(async () => {
  team = null;
  bench = await openServeBench();
  bench.addToken("tok_1", [model], answered([]));
});

function reserve(call = callOf(hello), servesUnrecorded = false, reason: string | null = null) {
  const health = () => (reason === null ? ({ ok: true } as const) : ({ ok: false, reason } as const));
  const stores = { ledger: bench.stores.ledger, health };
  const { admitted, trace } = admittedOf(bench, model, call);
  return createReserveLimits({ ...bench, stores, servesUnrecorded, teams })(admitted, trace.startedAtMs);
}

const callWith = (requestId: string, limits: Parameters<typeof keyWith>[0]) =>
  callOf(hello, { requestId, principal: { kind: "api_key", key: keyWith(limits) } });

describe("while requests cannot be recorded", () => {
  test("new ones are refused, without telling the client about our disk", async () => {
    const refused = reserve(undefined, false, "The disk is full.");
    await expect(refused).rejects.toMatchObject({ code: "unavailable", message: expect.not.stringContaining("disk") });
  });

  test("they go on where the operator wants that", async () => {
    await expect(reserve(undefined, true, "The disk is full.")).resolves.toEqual({ usage: [], refusal: null });
  });
});

describe("a key's limits", () => {
  test("are told with the request counted in", async () => {
    const { usage, refusal } = await reserve(callWith("req_1", { maxRequests: 2 }));
    expect(refusal).toBeNull();
    expect(usage).toMatchObject([{ claim: { unit: "requests", limit: 2 }, used: 1 }]);
  });

  test("refuse what no longer fits, and are told all the same", async () => {
    await reserve(callWith("req_1", { maxRequests: 1 }));
    const { usage, refusal } = await reserve(callWith("req_2", { maxRequests: 1 }));
    expect(refusal).toMatchObject({ code: "budget_exhausted" });
    expect(usage).toMatchObject([{ used: 1 }]);
  });

  test("do not count what costs nothing: counting tokens", async () => {
    const call = { ...callWith("req_1", { maxRequests: 0 }), operation: "count_tokens" } as const;
    expect(await reserve(call)).toEqual({ usage: [], refusal: null });
  });
});

describe("a key's team", () => {
  const redTeam = (limits: Partial<KeyLimits>): TeamOfKey => ({
    team: { id: "team_1", name: "Red", createdAtMs: 0, limits: { ...noLimits, ...limits } },
    keyIds: ["key_1", "key_2"],
  });
  const callBy = (requestId: string, id: string, limits: Partial<KeyLimits> = {}) =>
    callOf(hello, {
      requestId,
      principal: { kind: "api_key", key: keyWith(limits, { id, alias: id, teamId: "team_1" }) },
    });

  test("limits what all its keys use together, and each key's own limits hold as well", async () => {
    team = redTeam({ maxRequests: 2 });
    expect((await reserve(callBy("req_1", "key_1"))).refusal).toBeNull();
    expect((await reserve(callBy("req_2", "key_2", { maxRequests: 1 }))).refusal).toBeNull();
    const third = await reserve(callBy("req_3", "key_1"));
    expect(third.refusal).toMatchObject({ code: "budget_exhausted", details: { limit: "max_requests", team: "Red" } });
    team = redTeam({ maxRequests: 10 });
    const own = await reserve(callBy("req_4", "key_2", { maxRequests: 1 }));
    expect(own.refusal?.message).toContain('The API key "key_2" may use 1 requests');
  });
});
