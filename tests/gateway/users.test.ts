import type { UserList, UserView } from "@copilot-llm/gateway/admin-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";

const usersPath = "/api/admin/users";
const password = "a long password";

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

async function create(username: string, role: "admin" | "viewer"): Promise<UserView> {
  const response = await serving.admin.request("POST", usersPath, { username, password, role });
  expect(response.status).toBe(201);
  return (await response.json()) as UserView;
}

async function statusFor(token: string, method: string, path: string, body?: object): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await fetch(serving.gateway.url + path, { method, headers, ...content })).status;
}

it("a viewer may look and change nothing, until an admin says otherwise", async () => {
  const viewer = await create("vic", "viewer");
  expect(viewer).toMatchObject({ username: "vic", role: "viewer" });
  const token = await signIn(serving.gateway, { username: "vic", password });
  expect(await statusFor(token, "GET", "/api/admin/api-keys")).toBe(200);
  expect(await statusFor(token, "POST", "/api/admin/api-keys", { alias: "mine" })).toBe(403);
  expect(await statusFor(token, "GET", usersPath)).toBe(403);
  expect((await serving.admin.request("PATCH", `${usersPath}/${viewer.id}`, { role: "admin" })).status).toBe(200);
  expect(await statusFor(token, "POST", "/api/admin/api-keys", { alias: "mine" })).toBe(201);
});

it("a new password ends every sign-in of the user, and of nobody else", async () => {
  const { id } = await create("pat", "viewer");
  const sessions = [0, 1].map(() => signIn(serving.gateway, { username: "pat", password }));
  const tokens = await Promise.all(sessions);
  const changed = await serving.admin.request("PATCH", `${usersPath}/${id}`, { password: "another password" });
  expect(changed.status).toBe(200);
  for (const token of tokens) expect(await statusFor(token, "GET", "/me")).toBe(401);
  expect(await statusFor(serving.admin.token, "GET", "/me")).toBe(200);
  await expect(signIn(serving.gateway, { username: "pat", password })).rejects.toThrow(/401/);
  await signIn(serving.gateway, { username: "PAT", password: "another password" });
});

it("a removed user is signed out at once", async () => {
  const { id } = await create("rob", "admin");
  const token = await signIn(serving.gateway, { username: "rob", password });
  expect((await serving.admin.request("DELETE", `${usersPath}/${id}`)).status).toBe(204);
  expect(await statusFor(token, "GET", "/me")).toBe(401);
  expect((await serving.admin.request("DELETE", `${usersPath}/${id}`)).status).toBe(404);
});

it("the last admin stays one, also when several are demoted at once", async () => {
  const { users } = (await (await serving.admin.request("GET", usersPath)).json()) as UserList;
  const admins = users.filter(({ role }) => role === "admin");
  expect(admins.length).toBeGreaterThan(1);
  const demotions = admins.map(({ id }) => serving.admin.request("PATCH", `${usersPath}/${id}`, { role: "viewer" }));
  const statuses = (await Promise.all(demotions)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeLessThan(admins.length);
  expect(statuses.some((status) => status === 409 || status === 403)).toBe(true);
});

it.each([
  [{ username: "x y", password, role: "viewer" }, "username"],
  [{ username: "short", password: "1234567", role: "viewer" }, "password"],
  [{ username: "nobody", password, role: "owner" }, "role"],
])("what is wrong is named: %o", async (body, field) => {
  const response = await fetch(serving.gateway.url + usersPath, {
    method: "POST",
    headers: { authorization: `Bearer ${await anyAdmin()}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect([response.status, text]).toEqual([400, expect.stringContaining(field)]);
  expect(text).not.toContain("1234567");
});

/** Whoever the test before left in office. */
async function anyAdmin(): Promise<string> {
  for (const user of [serving.admin, { username: "vic", password }]) {
    const token = await signIn(serving.gateway, user);
    if ((await statusFor(token, "GET", usersPath)) === 200) return token;
  }
  throw new Error("no admin is left");
}
