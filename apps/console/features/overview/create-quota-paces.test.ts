import { describe, expect, it } from "vitest";
import { createToken } from "../../testing/fixtures";
import { createQuotaPaces } from "./create-quota-paces";

const nowMs = Date.parse("2026-11-16T00:00:00Z");
const reset = "2026-12-01T00:00:00Z";

const entity = {
  entity: "ada",
  name: "ada",
  token_ids: ["token-1"],
  unit: "premium_requests" as const,
  entitlement: 300,
  used: 100,
  remaining: 200,
  unlimited: false,
  reset_at: reset,
  pace: null,
  projected_used_at_reset: { expected: 250, p10: 200, p90: 300 },
  projected_waste: { expected: 50, p10: 0, p90: 100 },
  runs_out_at: null,
  used_here: 80,
  used_elsewhere: 20,
};
const ada = createToken({ premium_quota_used: 100 });
const bob = createToken({ id: "token-2", alias: "Bob", premium_quota_used: 100 });

describe("createQuotaPaces", () => {
  it("takes the forecast where it has figures, and the pace so far elsewhere", () => {
    const without = {
      ...entity,
      name: "bob",
      token_ids: ["token-2"],
      projected_used_at_reset: null,
      projected_waste: null,
    };
    expect(createQuotaPaces([ada, bob], { entities: [entity, without] }, nowMs)).toMatchObject([
      { name: "Ada", projected: 250, lost: 50, isForetold: true },
      { name: "Bob", projected: 200, lost: 100, isForetold: false },
    ]);
    expect(createQuotaPaces([ada], undefined, nowMs)).toMatchObject([{ projected: 200, lost: 100 }]);
  });

  it("counts a quota once that several tokens draw on, and none of disabled ones", () => {
    const shared = { ...entity, name: "Acme", token_ids: ["token-1", "token-2"] };
    expect(createQuotaPaces([ada, bob], { entities: [shared] }, nowMs)).toMatchObject([{ name: "Acme", limit: 300 }]);
    expect(createQuotaPaces([{ ...ada, enabled: false }], { entities: [entity] }, nowMs)).toEqual([]);
  });

  it("tells what is used of a quota whose reset is not known, once for each payer, and nothing of its end", () => {
    const shared = { ...entity, name: "Acme", token_ids: ["token-1", "token-2"], reset_at: null };
    const end = { projected: null, lost: null, reset: null, isForetold: false };
    expect(createQuotaPaces([ada, bob], { entities: [shared] }, nowMs)).toMatchObject([
      { name: "Acme", used: 100, limit: 300, ...end },
    ]);
    const unknown = createToken({ premium_quota_used: 40, premium_quota_reset: null });
    expect(createQuotaPaces([unknown], undefined, nowMs)).toMatchObject([{ name: "Ada", used: 40, ...end }]);
  });

  it("names a payer with the alias of its one token", () => {
    const nameOf = (name: string, token_ids: string[]) =>
      createQuotaPaces([ada, bob], { entities: [{ ...entity, name, token_ids }] }, nowMs)[0]?.name;
    expect(nameOf("octo-org", ["token-1"])).toBe("octo-org (Ada)");
    expect(nameOf("octo-org", ["token-1", "token-2"])).toBe("octo-org");
  });
});
