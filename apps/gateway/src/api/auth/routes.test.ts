import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { sessionCookieName } from "../../auth/read-session-cookie.js";
import { type OpenGateway, openGateway } from "../../testing/open-gateway.js";

const password = "correct horse battery";

function post({ url }: OpenGateway, path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function status({ url }: OpenGateway, headers: Record<string, string> = {}): Promise<unknown> {
  return (await fetch(`${url}/api/auth/status`, { headers })).json();
}

test.each(["/api/auth/setup", "/api/auth/register"])("%s makes the first admin, with the code only", async (path) => {
  const gateway = await openGateway();
  const code = (await gateway.provider.signIn.issueSetupCode())?.reveal();
  expect(await status(gateway)).toMatchObject({ setup_required: true, authenticated: false, version: "1.2.3" });
  const wrong = await post(gateway, path, { username: "ada", password, setup_code: "guess" });
  expect([wrong.status, await wrong.json()]).toMatchObject([403, { error: { code: "permission_denied" } }]);
  const right = await post(gateway, path, { username: "ada", password, setup_code: code });
  expect([right.status, await right.json()]).toMatchObject([
    200,
    { username: "ada", token: expect.stringMatching(/^cls_/) },
  ]);
  expect((await post(gateway, path, { username: "eve", password, setup_code: code })).status).toBe(409);
  expect(await status(gateway)).toMatchObject({ setup_required: false });
});

test("signing in sets a cookie that no script reads and no other site sends; signing out ends it", async () => {
  const gateway = await openGateway();
  await gateway.provider.signIn.ensureFirstAdmin("ada", new Secret(password));
  const response = await post(gateway, "/api/auth/login", { username: "ada", password });
  const { token } = (await response.json()) as { token: string };
  const [cookie = ""] = response.headers.getSetCookie();
  expect(cookie).toContain(`${sessionCookieName}=${token}`);
  expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  const [, device = ""] = response.headers.getSetCookie();
  expect(device).toMatch(/^copilot_llm_device=[^;]+; Path=\/api\/auth; Expires=[^;]+; HttpOnly; SameSite=Strict$/);

  const headers = { cookie: `${sessionCookieName}=${token}` };
  const signedIn = { authenticated: true, username: "ada", role: "admin" };
  expect(await status(gateway, headers)).toMatchObject(signedIn);
  expect(await status(gateway, { authorization: `Bearer ${token}` })).toMatchObject(signedIn);
  expect(await (await fetch(`${gateway.url}/me`, { headers })).json()).toEqual({ username: "ada", role: "admin" });

  const out = await post(gateway, "/api/auth/logout", {}, headers);
  expect(out.headers.getSetCookie()[0]).toMatch(new RegExp(`^${sessionCookieName}=; Max-Age=0`));
  expect((await fetch(`${gateway.url}/me`, { headers })).status).toBe(401);
  expect(await status(gateway, headers)).toMatchObject({ authenticated: false, username: null, role: null });
});

test("too many wrong passwords are told when to come back", async () => {
  const gateway = await openGateway();
  await gateway.provider.signIn.ensureFirstAdmin("ada", new Secret(password));
  const guess = () => post(gateway, "/api/auth/login", { username: "ada", password: "wrong" });
  const statuses = (await Promise.all(Array.from({ length: 12 }, guess))).map((response) => response.status);
  expect(statuses.filter((each) => each === 401)).toHaveLength(10);
  const locked = await post(gateway, "/api/auth/login", { username: "ada", password });
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(800);
});

test("a browser that has signed in before is not locked out by what others guess", async () => {
  const gateway = await openGateway();
  await gateway.provider.signIn.ensureFirstAdmin("ada", new Secret(password));
  const login = (secret: string, headers = {}) =>
    post(gateway, "/api/auth/login", { username: "ada", password: secret }, headers);
  const cookies = (await login(password)).headers.getSetCookie();
  const device = cookies.find((cookie) => cookie.startsWith("copilot_llm_device="))?.split(";")[0] ?? "";
  await Promise.all(Array.from({ length: 10 }, () => login("wrong")));
  expect((await login(password)).status).toBe(429);
  expect((await login(password, { cookie: device })).status).toBe(200);
  expect((await login("wrong", { cookie: device })).status).toBe(401);
});

test.each([
  ["no body", "", "JSON"],
  ["no JSON", "{", "JSON"],
  ["a missing field", JSON.stringify({ username: "ada" }), "`password`"],
])("%s is a 400 that says what is wrong", async (_name, body, part) => {
  const { url } = await openGateway();
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/auth/login`, { method: "POST", headers, body });
  const { error } = (await response.json()) as { error: { code: string; message: string; request_id: string } };
  expect([response.status, error.code, error.request_id]).toEqual([
    400,
    "invalid_request",
    response.headers.get("x-request-id"),
  ]);
  expect(error.message).toContain(part);
});

test("a body that is too long is a 413, announced or not", async () => {
  const { url } = await openGateway();
  const headers = { "content-type": "application/json" };
  const long = JSON.stringify({ username: "ada", password: "x".repeat(32 << 10) });
  const announced = await fetch(`${url}/api/auth/login`, { method: "POST", headers, body: long });
  expect([announced.status, await announced.text()]).toEqual([413, expect.stringContaining("16384 bytes")]);
  const stream = new Blob([long]).stream();
  const chunked = await fetch(`${url}/api/auth/login`, { method: "POST", headers, body: stream, duplex: "half" });
  expect(chunked.status).toBe(413);
});

test("one's own password is changed with the current one, and ends every other session", async () => {
  const gateway = await openGateway();
  await gateway.provider.signIn.ensureFirstAdmin("ada", new Secret(password));
  await gateway.provider.users.create("ada", { username: "vic", password: new Secret(password), role: "viewer" });
  const login = async (secret: string) => post(gateway, "/api/auth/login", { username: "vic", password: secret });
  const { token: other } = (await (await login(password)).json()) as { token: string };
  const { token } = (await (await login(password)).json()) as { token: string };
  const asVic = { authorization: `Bearer ${token}` };
  const path = "/api/auth/password";
  const wrong = await post(gateway, path, { current_password: "guess", new_password: "a new password" }, asVic);
  expect([wrong.status, await wrong.json()]).toMatchObject([
    400,
    { error: { code: "invalid_request", message: "The current password is wrong." } },
  ]);
  expect(await status(gateway, asVic)).toMatchObject({ authenticated: true });
  const short = await post(gateway, path, { current_password: password, new_password: "short" }, asVic);
  expect(short.status).toBe(400);

  const changed = await post(gateway, path, { current_password: password, new_password: "a new password" }, asVic);
  const result = (await changed.json()) as { token: string; username: string };
  expect([changed.status, result.username]).toEqual([200, "vic"]);
  expect(changed.headers.getSetCookie()[0]).toContain(`${sessionCookieName}=${result.token}`);
  for (const [each, authenticated] of [
    [token, false],
    [other, false],
    [result.token, true],
  ] as const) {
    expect(await status(gateway, { authorization: `Bearer ${each}` })).toMatchObject({ authenticated });
  }
  // Two at first, and the one that goes on: checking a password is no sign-in.
  const events = await gateway.provider.audit.list({ limit: 100 });
  expect(events.filter(({ action }) => action === "user.sign_in")).toHaveLength(3);
  expect((await login(password)).status).toBe(401);
  expect((await login("a new password")).status).toBe(200);
});

test("guesses of the current password are counted as those at the door are", async () => {
  const gateway = await openGateway();
  await gateway.provider.signIn.ensureFirstAdmin("ada", new Secret(password));
  const { token } = (await (await post(gateway, "/api/auth/login", { username: "ada", password })).json()) as {
    token: string;
  };
  const guess = () =>
    post(
      gateway,
      "/api/auth/password",
      { current_password: "guess", new_password: "a new password" },
      { authorization: `Bearer ${token}` },
    );
  const statuses = (await Promise.all(Array.from({ length: 12 }, guess))).map((response) => response.status);
  expect(statuses.filter((each) => each === 400)).toHaveLength(10);
  expect(statuses.filter((each) => each === 429)).toHaveLength(2);
});
