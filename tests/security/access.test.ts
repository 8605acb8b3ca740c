import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";
import { attempt, bearer, cookie, hasBody, type Route, readRoutes, signViewerIn } from "./attack-surface.ts";

let serving: Serving;
let routes: readonly Route[];
let viewer: string;

beforeAll(async () => {
  serving = await startServing();
  routes = await readRoutes(serving.gateway.url);
  viewer = await signViewerIn(serving);
});
afterAll(() => serving.stop());

/** What strangers may call. A new route that is open to all belongs here only after somebody has thought of floods. */
const openToAll = [
  "GET /api/auth/status",
  "GET /api/join/{code}",
  "GET /api/join/{code}/device/{id}",
  "GET /health",
  "GET /join/{code}",
  "GET /openapi.json",
  "GET /ready",
  "POST /api/auth/login",
  "POST /api/auth/logout",
  "POST /api/auth/register",
  "POST /api/auth/setup",
  "POST /api/join/{code}",
];

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

/** Each route's status that is not as expected, so that one failure names them all. */
async function unexpected(
  chosen: readonly Route[],
  headers: Record<string, string>,
  isExpected: (status: number, text: string) => boolean,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  await Promise.all(
    chosen.map(async (route) => {
      const { status, text } = await attempt(serving.gateway.url, route, { headers });
      if (!isExpected(status, text)) wrong.push(`${nameOf(route)}: ${status} ${text.slice(0, 100)}`);
    }),
  );
  return wrong;
}

describe("every route", () => {
  it("refuses whoever shows nothing, or rubbish, unless it is one of those that are open to all", async () => {
    const isOpen = (route: Route) => openToAll.includes(nameOf(route));
    expect(
      routes
        .filter(({ access }) => access === "public")
        .map(nameOf)
        .sort(),
    ).toEqual(openToAll);
    const closed = routes.filter((route) => !isOpen(route));
    const rubbish = ["x", `cls_${"A".repeat(40)}`, `clp_${"A".repeat(40)}`];
    for (const headers of [
      {},
      ...rubbish.map(bearer),
      { "x-api-key": "x" },
      cookie("cls_x"),
      { authorization: "Basic YTpi" },
    ]) {
      expect(await unexpected(closed, headers, (status) => status === 401)).toEqual([]);
    }
  });

  it("of the console is closed to a managed key, however it is sent", async () => {
    const console = routes.filter(({ access }) => access === "admin" || access === "user");
    const { key } = serving.key;
    for (const headers of [bearer(key), { "x-api-key": key }, cookie(key)]) {
      expect(await unexpected(console, headers, (status) => status === 401)).toEqual([]);
    }
  });

  it("of an admin is closed to a viewer, before its body or its id is looked at", async () => {
    const admin = routes.filter(({ access }) => access === "admin");
    expect(admin.length).toBeGreaterThan(20);
    for (const headers of [bearer(viewer), cookie(viewer)]) {
      expect(await unexpected(admin, headers, (status) => status === 403)).toEqual([]);
    }
    const ofKeys = routes.filter(({ access }) => access === "key");
    // What is a key's own knows no session at all.
    const ofHolders = ofKeys.filter(({ path }) => /^\/api\/me\b/.test(path));
    const ofData = ofKeys.filter((route) => !ofHolders.includes(route));
    expect(await unexpected(ofHolders, bearer(viewer), (status) => status === 401)).toEqual([]);
    expect(await unexpected(ofData, bearer(viewer), (status) => status === 403)).toEqual([]);
  });

  it("that changes something refuses a page of another site that rides on the session's cookie", async () => {
    const changing = routes.filter((route) => hasBody(route) || route.method === "DELETE");
    // Those that take a key alone take no cookie either.
    const guarded = changing.filter(({ access, path }) => access !== "public" && !path.startsWith("/api/me/"));
    const session = cookie(serving.admin.token);
    for (const site of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ]) {
      expect(await unexpected(guarded, { ...session, ...site }, (status) => status === 403)).toEqual([]);
    }
    expect(
      (await attempt(serving.gateway.url, logout, { headers: { ...session, origin: "https://evil.example" } })).status,
    ).toBe(403);
    const own = await serving.admin.request("GET", "/me");
    expect(own.status).toBe(200);
  });

  it("takes no body that a form of another site can send", async () => {
    const open = routes.filter((route) => hasBody(route) && route.access === "public" && route !== logout);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const taken = await unexpected(
        open,
        { "content-type": type },
        (status, text) => status >= 400 || text.includes('"ok"'),
      );
      expect(taken).toEqual([]);
    }
  });
});

const logout: Route = { method: "POST", path: "/api/auth/logout", access: "public" };

describe("a session", () => {
  it("is never one that the client brought along", async () => {
    const { gateway, admin } = serving;
    const brought = `cls_${"F".repeat(40)}`;
    const response = await fetch(`${gateway.url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", ...cookie(brought) },
      body: JSON.stringify({ username: admin.username, password: admin.password }),
    });
    const { token } = (await response.json()) as { token: string };
    expect(token).not.toBe(brought);
    const status = async (value: string) => (await fetch(`${gateway.url}/me`, { headers: cookie(value) })).status;
    expect([await status(brought), await status(token)]).toEqual([401, 200]);
    expect((await attempt(gateway.url, logout, { headers: cookie(token) })).status).toBe(200);
    expect(await status(token)).toBe(401);
  });

  it("that was signed in before is not the one of a second sign-in", async () => {
    const again = await signIn(serving.gateway, serving.admin);
    expect(again).not.toBe(serving.admin.token);
    expect((await serving.admin.request("GET", "/me")).status).toBe(200);
  });
});

describe("a guess at a key", () => {
  const withoutId = (text: string) => text.replaceAll(/req_\w+/g, "req");

  it("is answered in the same words, whatever is right about it", async () => {
    const { gateway, key } = serving;
    const { key: disabled, id } = await serving.admin.createKey({ alias: "to be rotated" });
    const rotated = await serving.admin.request("POST", `/api/admin/api-keys/${id}/rotate`, {});
    expect(rotated.ok).toBe(true);
    const guesses = [
      "x",
      `clp_${"A".repeat(40)}`,
      `${key.key.slice(0, -1)}${key.key.endsWith("A") ? "B" : "A"}`,
      key.key.slice(0, 12),
      `${key.key}x`,
      key.key.toUpperCase(),
      disabled,
    ];
    for (const route of routes.filter(({ access }) => access === "key")) {
      const answers = new Set<string>();
      for (const guess of guesses) {
        const { status, headers, text } = await attempt(gateway.url, route, { headers: bearer(guess) });
        answers.add(`${status} ${withoutId(text)} ${[...headers.keys()].sort().join()}`);
      }
      expect([...answers], nameOf(route)).toHaveLength(1);
    }
  });

  it("at a name or a password is answered in the same words", async () => {
    const { gateway, admin } = serving;
    const login = async (username: string) => {
      const response = await fetch(`${gateway.url}/api/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username, password: "wrong password" }),
      });
      return `${response.status} ${withoutId(await response.text())}`;
    };
    expect(await login(admin.username)).toBe(await login("nobody of this name"));
  });
});
