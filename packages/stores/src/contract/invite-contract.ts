import assert from "node:assert/strict";
import { GatewayError } from "@copilot-llm/model";
import { countWinners } from "./race.js";
import { sampleEvent, sampleInvite, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

export function inviteContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("invites", () => {
    it(
      "are found by their code's hash, and keep who joined by them",
      withStores(async (stores, { reopen }) => {
        await stores.invites.create(sampleInvite("grace"), () => sampleEvent(1));
        await stores.invites.create(sampleInvite("alan"), null);
        const joined = { atMs: sampleStartMs, text: "I agree.", tokenId: "tok_1", keyId: "key_1", leftAtMs: null };
        const changed = await stores.invites.update(
          "inv_grace",
          () => ({ joined, claimedUntilMs: sampleStartMs + 1 }),
          () => sampleEvent(2),
        );
        assert.deepEqual(changed, sampleInvite("grace", { joined, claimedUntilMs: sampleStartMs + 1 }));
        const { invites, audit } = await reopen();
        assert.deepEqual(await invites.list(), [changed, sampleInvite("alan")]);
        assert.deepEqual(await invites.findByHash("hash of grace"), changed);
        assert.equal(await invites.findByHash("hash of nobody"), null);
        assert.deepEqual(await audit.list({ limit: 10 }), [sampleEvent(2), sampleEvent(1)]);
      }),
    );

    it(
      "are claimed by one of many at the same time",
      withStores(async (stores) => {
        await stores.invites.create(sampleInvite("grace"), null);
        const claims = Array.from({ length: 10 }, () =>
          stores.invites.update(
            "inv_grace",
            ({ claimedUntilMs }) => {
              if (claimedUntilMs !== null) throw new GatewayError("conflict", "taken");
              return { claimedUntilMs: sampleStartMs };
            },
            null,
          ),
        );
        const results = await Promise.allSettled(claims);
        assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
      }),
    );

    it(
      "are taken by id and by hash, and removed once",
      withStores(async (stores) => {
        await stores.invites.create(sampleInvite("grace"), null);
        await assert.rejects(stores.invites.create(sampleInvite("grace", { codeHash: "another" }), null), {
          code: "conflict",
        });
        await assert.rejects(stores.invites.create(sampleInvite("grace", { id: "inv_2" }), null), { code: "conflict" });
        assert.equal(await countWinners(5, () => stores.invites.remove("inv_grace", null)), 1);
        await assert.rejects(
          stores.invites.update("inv_grace", () => ({}), null),
          { code: "not_found" },
        );
        assert.deepEqual(await stores.invites.list(), []);
      }),
    );
  });
}
