import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { isPassword } from "../passwords/passwords.js";
import { openBench } from "../testing/open-bench.js";
import { resetAdmin } from "./reset-admin.js";
import { UserAdmin } from "./user-admin.js";

const password = new Secret("a new password");

test("a user gets the password and the role, and is signed out everywhere; the trail has it without the password", async () => {
  const bench = await openBench();
  const { stores, clock, trail } = bench;
  const admins = new UserAdmin({ ...bench, users: stores.users });
  await admins.create("system", { username: "ada", password: new Secret("password a"), role: "admin" });
  const bob = await admins.create("ada", { username: "Bob", password: new Secret("password b"), role: "viewer" });
  const session = { tokenHash: "h", userId: bob.id, createdAtMs: clock.nowMs(), expiresAtMs: clock.nowMs() + 1000 };
  await stores.users.createSession(session, () => bench.audit("Bob", "user.sign_in", bob.id));

  const { user, created } = await resetAdmin({ ...bench, username: " bob ", password });
  expect(created).toBe(false);
  expect(user).toMatchObject({ id: bob.id, username: "Bob", role: "admin" });
  expect(await isPassword(password.reveal(), user.passwordHash)).toBe(true);
  expect(await stores.users.findSession("h", clock.nowMs())).toBe(null);
  const last = (await trail()).at(-1);
  expect(last).toMatchObject({ actor: "system", action: "user.reset", subjectId: bob.id, detail: { created: false } });
  expect(JSON.stringify(last)).not.toContain(password.reveal());
});

test("where there is no such user one is made, the first of all too, and setup codes are void then", async () => {
  const bench = await openBench();
  const { stores, clock } = bench;
  await stores.users.issueSetupCode("code", clock.nowMs() + 1000);
  expect(await resetAdmin({ ...bench, username: "root", password })).toMatchObject({ created: true });
  expect(await stores.users.isSetupCodeValid("code", clock.nowMs())).toBe(false);
  expect(await resetAdmin({ ...bench, username: "second", password })).toMatchObject({ created: true });
  expect((await stores.users.list()).map(({ username, role }) => [username, role])).toEqual([
    ["root", "admin"],
    ["second", "admin"],
  ]);
});
