import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { isPassword } from "../passwords/passwords.js";
import { openBench } from "../testing/open-bench.js";
import { UserAdmin } from "./user-admin.js";

async function setUp() {
  const bench = await openBench();
  const users = new UserAdmin({ ...bench, users: bench.stores.users });
  const ada = await users.create("system", { username: "ada", password: new Secret("password a"), role: "admin" });
  return { ...bench, users, ada };
}

test("users are made, changed and removed, each on the trail and no password in it", async () => {
  const { users, ada, trail } = await setUp();
  const bob = await users.create("ada", { username: "bob", password: new Secret("password b"), role: "viewer" });
  expect(await isPassword("password b", bob.passwordHash)).toBe(true);
  const changed = await users.update("ada", bob.id, { username: "robert", role: "admin" });
  expect(changed).toEqual({ ...bob, username: "robert", role: "admin" });
  expect(await users.list()).toEqual([ada, changed]);
  await users.remove("robert", ada.id);
  expect(await users.list()).toEqual([changed]);
  const events = await trail();
  expect(events.map(({ actor, action, detail }) => [actor, action, detail.username])).toEqual([
    ["system", "user.create", "ada"],
    ["ada", "user.create", "bob"],
    ["ada", "user.update", "robert"],
    ["robert", "user.delete", "ada"],
  ]);
  expect(JSON.stringify(events)).not.toMatch(/password [ab]|scrypt/);
});

test("the last admin is neither demoted nor removed", async () => {
  const { users, ada } = await setUp();
  await users.create("ada", { username: "viewer", password: new Secret("password v"), role: "viewer" });
  await expect(users.update("ada", ada.id, { role: "viewer" })).rejects.toMatchObject({ code: "conflict" });
  await expect(users.remove("ada", ada.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(users.remove("ada", "usr_unknown")).rejects.toMatchObject({ code: "not_found" });
  await expect(users.update("ada", "usr_unknown", { role: "viewer" })).rejects.toMatchObject({ code: "not_found" });
});

test("a name is taken in any case", async () => {
  const { users } = await setUp();
  const twin = { username: "ADA", password: new Secret("password c"), role: "viewer" } as const;
  await expect(users.create("ada", twin)).rejects.toMatchObject({ code: "conflict" });
});
