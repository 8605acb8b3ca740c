import assert from "node:assert/strict";
import { countWinners, succeeds } from "./race.js";
import { sampleSession, sampleStartMs, sampleUser } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

export function userContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("users", () => {
    it(
      "come back after a restart, found by a name in any case",
      withStores(async (stores, { reopen }) => {
        const user = sampleUser("Ada");
        await stores.users.create(user, null);
        const { users } = await reopen();
        assert.deepEqual(await users.findByUsername("aDA"), user);
        assert.deepEqual(await users.find("usr_Ada"), user);
        assert.deepEqual(await users.list(), [user]);
        assert.equal(await users.count(), 1);
        await assert.rejects(users.create(sampleUser("b", { username: "ADA" }), null), { code: "conflict" });
      }),
    );

    it(
      "change only in the given fields, and not to a taken name",
      withStores(async ({ users }) => {
        await users.create(sampleUser("a"), null);
        await users.create(sampleUser("b"), null);
        assert.deepEqual(
          await users.update("usr_a", () => ({ role: "viewer" }), null),
          sampleUser("a", { role: "viewer" }),
        );
        await assert.rejects(
          users.update("usr_a", () => ({ username: "B" }), null),
          { code: "conflict" },
        );
        await assert.rejects(
          users.update("usr_x", () => ({ role: "viewer" }), null),
          { code: "not_found" },
        );
      }),
    );

    it(
      "always have an admin, also when two are demoted or removed at once",
      withStores(async ({ users }) => {
        await users.create(sampleUser("a"), null);
        await users.create(sampleUser("viewer", { role: "viewer" }), null);
        await assert.rejects(
          users.update("usr_a", () => ({ role: "viewer" }), null),
          { code: "conflict" },
        );
        await assert.rejects(users.remove("usr_a", null), { code: "conflict" });
        await users.create(sampleUser("b"), null);
        const demotions = ["usr_a", "usr_b"].map((id) => succeeds(users.update(id, () => ({ role: "viewer" }), null)));
        assert.deepEqual((await Promise.all(demotions)).sort(), [false, true]);
        assert.equal((await users.list()).filter(({ role }) => role === "admin").length, 1);
        assert.equal(await users.remove("usr_viewer", null), true);
      }),
    );

    it(
      "get exactly one first among parallel callers, and none once there is one",
      withStores(async (stores, { reopen }) => {
        assert.equal(
          await countWinners(8, (index) => stores.users.createFirst(sampleUser(`u${index}`), null, null)),
          1,
        );
        const { users } = await reopen();
        assert.equal(await users.count(), 1);
        const session = sampleSession("late", "usr_late");
        assert.equal(await users.createFirst(sampleUser("late"), session, null), false);
        assert.equal(await users.findSession("late", sampleStartMs), null);
      }),
    );

    it(
      "begin with one who is signed in at once",
      withStores(async (stores, { reopen }) => {
        const session = sampleSession("h", "usr_a");
        assert.equal(await stores.users.createFirst(sampleUser("a"), session, null), true);
        const { users } = await reopen();
        assert.deepEqual(await users.findSession("h", sampleStartMs), session);
        assert.equal((await users.find("usr_a"))?.lastSignInAtMs, sampleStartMs);
      }),
    );

    it(
      "have setup codes that are all valid until each expires, also after a restart",
      withStores(async (stores, { reopen, clock }) => {
        assert.equal(await stores.users.isSetupCodeValid("one", sampleStartMs), false);
        assert.equal(await stores.users.issueSetupCode("one", sampleStartMs + 10), true);
        assert.equal(await stores.users.issueSetupCode("two", sampleStartMs + 20), true);
        const { users } = await reopen();
        assert.equal(await users.isSetupCodeValid("one", sampleStartMs + 9), true);
        assert.equal(await users.isSetupCodeValid("one", sampleStartMs + 10), false);
        assert.equal(await users.isSetupCodeValid("another", sampleStartMs), false);
        clock.advance(10);
        await users.issueSetupCode("three", sampleStartMs + 30);
        assert.equal(await users.isSetupCodeValid("two", sampleStartMs + 19), true);
        assert.equal(await users.isSetupCodeValid("one", sampleStartMs + 9), false);
      }),
    );

    it(
      "end every setup code by the first of them, also those that are being issued",
      withStores(async (stores, { reopen }) => {
        const codes = Array.from({ length: 8 }, (_, index) => `code ${index}`);
        const issue = (code: string) => stores.users.issueSetupCode(code, sampleStartMs + 10);
        await Promise.all(codes.slice(0, 4).map(issue));
        const [created] = await Promise.all([
          countWinners(4, (index) => stores.users.createFirst(sampleUser(`u${index}`), null, null)),
          ...codes.slice(4).map(issue),
        ]);
        assert.equal(created, 1);
        assert.equal(await issue("late"), false);
        const { users } = await reopen();
        for (const code of [...codes, "late"]) assert.equal(await users.isSetupCodeValid(code, sampleStartMs), false);
      }),
    );
  });

  describe("sign-ins", () => {
    it(
      "are found until they expire, also after a restart",
      withStores(async (stores, { reopen }) => {
        await stores.users.create(sampleUser("a"), null);
        const session = sampleSession("h", "usr_a", { expiresAtMs: sampleStartMs + 10, method: "oidc" });
        await stores.users.createSession(session, null);
        const { users } = await reopen();
        assert.deepEqual(await users.findSession("h", sampleStartMs + 9), session);
        assert.equal(await users.findSession("h", sampleStartMs + 10), null);
        assert.equal(await users.findSession("x", sampleStartMs), null);
      }),
    );

    it(
      "end one by one, all of a user's with a new password, and with their user",
      withStores(async ({ users }) => {
        for (const name of ["a", "b"]) {
          await users.create(sampleUser(name), null);
          for (const tokenHash of [`${name}1`, `${name}2`]) {
            await users.createSession(sampleSession(tokenHash, `usr_${name}`), null);
          }
        }
        assert.equal(await countWinners(4, () => users.removeSession("a1", null)), 1);
        assert.equal(await users.findSession("a1", sampleStartMs), null);
        assert.notEqual(await users.findSession("a2", sampleStartMs), null);
        await users.update("usr_a", () => ({ role: "admin" }), null);
        assert.notEqual(await users.findSession("a2", sampleStartMs), null);
        await users.update("usr_a", () => ({ passwordHash: "scrypt$another" }), null);
        assert.equal(await users.findSession("a2", sampleStartMs), null);
        assert.equal(await countWinners(4, () => users.remove("usr_b", null)), 1);
        assert.equal(await users.findSession("b1", sampleStartMs), null);
        await assert.rejects(users.createSession(sampleSession("late", "usr_b"), null), { code: "not_found" });
      }),
    );

    it(
      "are listed until they expire, the latest seen first, and last longer while they are used",
      withStores(async (stores, { reopen }) => {
        await stores.users.create(sampleUser("a"), null);
        await stores.users.create(sampleUser("b"), null);
        const [one, two] = [
          sampleSession("one", "usr_a"),
          sampleSession("two", "usr_b", { lastSeenAtMs: sampleStartMs + 1 }),
        ];
        for (const session of [one, two]) await stores.users.createSession(session, null);
        const seen = { lastSeenAtMs: sampleStartMs + 500, expiresAtMs: sampleStartMs + 1_500 };
        await stores.users.touchSession("one", seen);
        await stores.users.touchSession("unknown", seen);
        const { users } = await reopen();
        assert.deepEqual(await users.listSessions(sampleStartMs), [{ ...one, ...seen }, two]);
        assert.deepEqual(await users.listSessions(sampleStartMs + 1_000), [{ ...one, ...seen }]);
        assert.deepEqual(await users.findSession("one", sampleStartMs + 1_499), { ...one, ...seen });
      }),
    );

    it(
      "say when their user signed in last, and only that",
      withStores(async ({ users }) => {
        await users.create(sampleUser("a"), null);
        await users.create(sampleUser("b"), null);
        const session = sampleSession("one", "usr_a", { createdAtMs: sampleStartMs + 5 });
        await users.createSession(session, null);
        assert.deepEqual(await users.list(), [sampleUser("a", { lastSignInAtMs: sampleStartMs + 5 }), sampleUser("b")]);
        await users.removeSession("one", null);
        assert.equal((await users.find("usr_a"))?.lastSignInAtMs, sampleStartMs + 5);
      }),
    );

    it(
      "of the company's identity provider lead to one user each",
      withStores(async ({ users }) => {
        await users.create(sampleUser("a", { externalId: "https://id.example/#1" }), null);
        await assert.rejects(users.create(sampleUser("b", { externalId: "https://id.example/#1" }), null), {
          code: "conflict",
        });
        await users.create(sampleUser("b", { externalId: "https://id.example/#2" }), null);
        assert.equal((await users.find("usr_b"))?.externalId, "https://id.example/#2");
      }),
    );
  });
}
