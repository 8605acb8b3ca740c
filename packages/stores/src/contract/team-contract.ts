import assert from "node:assert/strict";
import { noLimits } from "@copilot-llm/model";
import { countWinners } from "./race.js";
import { sampleEvent, sampleKey, sampleTeam } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

export function teamContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("teams", () => {
    it(
      "are kept in order of creation, with their limits, and their changes are told",
      withStores(async (stores, { reopen }) => {
        const told: unknown[] = [];
        stores.changes.subscribe((change) => told.push(change));
        await stores.teams.create(sampleTeam("red"), () => sampleEvent(1));
        await stores.teams.create(sampleTeam("blue"), null);
        const limits = { ...noLimits, maxCredits: 2.5, maxConcurrency: 3 };
        const red = await stores.teams.update(
          "team_red",
          () => ({ limits }),
          () => sampleEvent(2),
        );
        assert.deepEqual(red, sampleTeam("red", { limits }));
        for (let tries = 0; told.length < 3 && tries < 100; tries += 1) await new Promise((go) => setTimeout(go, 20));
        assert.deepEqual(told, [
          { kind: "team_stored", teamId: "team_red" },
          { kind: "team_stored", teamId: "team_blue" },
          { kind: "team_stored", teamId: "team_red" },
        ]);
        const { teams, audit } = await reopen();
        assert.deepEqual(await teams.list(), [red, sampleTeam("blue")]);
        assert.deepEqual(await teams.find("team_blue"), sampleTeam("blue"));
        assert.equal(await teams.find("team_green"), null);
        assert.deepEqual(await audit.list({ limit: 10 }), [sampleEvent(2), sampleEvent(1)]);
      }),
    );

    it(
      "have names of their own, in any case, and are removed once",
      withStores(async (stores) => {
        await stores.teams.create(sampleTeam("red"), null);
        await stores.teams.create(sampleTeam("blue"), null);
        const taken = { code: "conflict" };
        await assert.rejects(stores.teams.create(sampleTeam("red", { name: "x" }), null), taken);
        await assert.rejects(stores.teams.create(sampleTeam("x", { name: "RED" }), null), taken);
        await assert.rejects(
          stores.teams.update("team_blue", () => ({ name: "Red" }), null),
          taken,
        );
        assert.equal(await countWinners(5, () => stores.teams.remove("team_red", null)), 1);
        await assert.rejects(
          stores.teams.update("team_red", () => ({}), null),
          { code: "not_found" },
        );
      }),
    );
  });

  describe("a key's team, seat and earlier value", () => {
    it(
      "are kept, and the earlier value finds it as the present one does",
      withStores(async (stores, { reopen }) => {
        const key = sampleKey("a", {
          teamId: "team_red",
          seat: { tokenId: "tok_1", servesFirst: true },
          replaced: { keyHash: "earlier hash", untilMs: 5 },
        });
        await stores.keys.create(key, null);
        await stores.keys.create(sampleKey("b"), null);
        const { keys } = await reopen();
        assert.deepEqual(await keys.findByHash("earlier hash"), key);
        assert.deepEqual(await keys.findByHash("hash of a"), key);
        await keys.update("key_a", () => ({ replaced: null, seat: null, teamId: null }), null);
        assert.equal(await keys.findByHash("earlier hash"), null);
        assert.deepEqual(await keys.find("key_a"), sampleKey("a"));
      }),
    );
  });
}
