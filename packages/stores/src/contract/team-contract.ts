import assert from "node:assert/strict";
import { noLimits } from "@copilot-llm/model";
import type { Stores } from "../interfaces/stores.js";
import { countWinners, succeeds } from "./race.js";
import { sampleEvent, sampleInvite, sampleKey, sampleStartMs, sampleTeam } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const rounds = 12;
const conflict = { code: "conflict" };

/** An invitation into the team. */
function invitedTo(teamId: string, name: string) {
  const { key } = sampleInvite(name);
  return sampleInvite(name, { key: { ...key, teamId } });
}

/** The teams that keys and invitations name, of which none may be gone. */
async function assertNoneIsGone({ teams, keys, invites }: Stores): Promise<void> {
  const known = new Set((await teams.list()).map(({ id }) => id));
  const named = [
    ...(await keys.list()).map(({ teamId }) => teamId),
    ...(await invites.list()).map(({ key }) => key.teamId),
  ];
  assert.deepEqual(
    named.filter((teamId) => teamId !== null && !known.has(teamId)),
    [],
  );
}

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

  describe("a team", () => {
    it(
      "stays while keys or open invitations name it",
      withStores(async ({ teams, keys, invites, audit }, { clock }) => {
        await teams.create(sampleTeam("red"), null);
        await teams.create(sampleTeam("blue"), null);
        const remove = () => teams.remove("team_red", () => sampleEvent(1));
        await keys.create(sampleKey("a", { teamId: "team_red" }), null);
        await assert.rejects(remove(), conflict);
        await keys.update("key_a", () => ({ teamId: "team_blue" }), null);
        await invites.create(invitedTo("team_red", "grace"), null);
        await invites.create(invitedTo("team_red", "alan"), null);
        await assert.rejects(remove(), conflict);
        const joined = { atMs: sampleStartMs, text: "I agree.", tokenId: "tok_1", keyId: "key_a", leftAtMs: null };
        await invites.update("inv_grace", () => ({ joined }), null);
        await assert.rejects(remove(), conflict);
        assert.deepEqual(await audit.list({ limit: 10 }), []);
        clock.advance(sampleInvite("alan").expiresAtMs - sampleStartMs);
        assert.equal(await remove(), true);
        assert.deepEqual(await audit.list({ limit: 10 }), [sampleEvent(1)]);
      }),
    );

    it(
      "that is not there can be named by nothing new",
      withStores(async ({ teams, keys, invites }) => {
        await teams.create(sampleTeam("red"), null);
        await keys.create(sampleKey("a"), null);
        await invites.create(invitedTo("team_red", "grace"), null);
        await assert.rejects(keys.create(sampleKey("b", { teamId: "team_x" }), null), conflict);
        await assert.rejects(
          keys.update("key_a", () => ({ teamId: "team_x" }), null),
          conflict,
        );
        await assert.rejects(invites.create(invitedTo("team_x", "alan"), null), conflict);
        await assert.rejects(
          invites.update("inv_grace", () => ({ key: invitedTo("team_x", "grace").key }), null),
          conflict,
        );
        assert.deepEqual(await keys.list(), [sampleKey("a")]);
        assert.deepEqual(await invites.list(), [invitedTo("team_red", "grace")]);
      }),
    );

    it(
      "goes, or is named, but not both, when that happens at the same time",
      withStores(async (stores) => {
        const { teams, keys, invites } = stores;
        await keys.create(sampleKey("moved"), null);
        for (let round = 0; round < rounds; round += 1) {
          const teamId = `team_${round}`;
          await teams.create(sampleTeam(String(round)), null);
          const name = [
            () => keys.create(sampleKey(`new ${round}`, { teamId }), null),
            () => keys.update("key_moved", () => ({ teamId }), null),
            () => invites.create(invitedTo(teamId, `invited ${round}`), null),
          ][round % 3];
          const both = [() => teams.remove(teamId, null), name ?? assert.fail];
          // Either may be the first to be asked.
          const inOrder = round < rounds / 2 ? both : both.reverse();
          const outcomes = await Promise.all(inOrder.map((call) => succeeds(call())));
          assert.equal(outcomes.filter(Boolean).length, 1);
          await assertNoneIsGone(stores);
        }
      }),
    );

    it(
      "stays when the change that was to take the last key out of it cannot be written",
      withStores(async (stores, { failWrites, crash }) => {
        await stores.teams.create(sampleTeam("red"), null);
        await stores.keys.create(sampleKey("a", { teamId: "team_red" }), null);
        const { end } = await failWrites({ from: 1, isLasting: false });
        const leaves = stores.keys.update("key_a", () => ({ teamId: null }), null);
        const outcomes = await Promise.allSettled([leaves, stores.teams.remove("team_red", null)]);
        await end();
        assert.deepEqual(
          outcomes.map(({ status }) => status),
          ["rejected", "rejected"],
        );
        await assertNoneIsGone(stores);
        const after = await crash();
        assert.equal((await after.keys.find("key_a"))?.teamId, "team_red");
        await assertNoneIsGone(after);
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
        await stores.teams.create(sampleTeam("red"), null);
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
