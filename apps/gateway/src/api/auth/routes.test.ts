import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { sessionCookieName } from "../../auth/session-cookie.js";
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
  const long = JSON.stringify({ username: "ada", password: "x".repeat(2 << 20) });
  const announced = await fetch(`${url}/api/auth/login`, { method: "POST", headers, body: long });
  expect([announced.status, await announced.text()]).toEqual([413, expect.stringContaining("1048576 bytes")]);
  const stream = new Blob([long]).stream();
  const chunked = await fetch(`${url}/api/auth/login`, { method: "POST", headers, body: stream, duplex: "half" });
  expect(chunked.status).toBe(413);
});
