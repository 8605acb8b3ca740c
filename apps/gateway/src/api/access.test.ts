import { Secret } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { Access } from "../auth/guards.js";
import { sessionCookieName } from "../auth/read-session-cookie.js";
import { dataPaths, modelPaths } from "../data/data-paths.js";
import { type OpenGateway, openGateway, signInAdmin } from "../testing/open-gateway.js";

interface Route {
  readonly method: string;
  /** As in the API document: `/a/{id}`. */
  readonly path: string;
  readonly access: Access | "key";
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly "x-access"?: Route["access"] }>>>>;
}

/** The session tokens of an admin and a viewer, and a managed key. */
async function signEveryoneIn(gateway: OpenGateway) {
  const { provider } = gateway;
  const admin = await signInAdmin(gateway);
  const password = new Secret("correct horse battery");
  await provider.users.create("ada", { username: "vic", password, role: "viewer" });
  const { token: viewer } = await provider.signIn.signIn("vic", password, null);
  const { value } = await provider.keys.create("ada", { alias: "laptop" });
  return { admin, viewer: viewer.reveal(), key: value.reveal() };
}

async function documented({ url }: OpenGateway): Promise<readonly Route[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const access = operation["x-access"];
      if (access === undefined) throw new Error(`${method} ${path} states no access`);
      return { method: method.toUpperCase(), path, access };
    }),
  );
}

/** Every route that Hono knows, without what answers to any method (middleware, 405), preflights, and a slash that is forgiven. */
function registered({ app }: OpenGateway): readonly string[] {
  const routes = app.routes.filter(({ method }) => method !== "ALL" && method !== "OPTIONS");
  const names = new Set(routes.map(({ method, path }) => `${method} ${documentPath(path)}`));
  return [...names].filter((name) => !(name.endsWith("/") && names.has(name.slice(0, -1))));
}

/** `/models/:id{.+}` and `/models/:id` -> `/models/{id}`; with a slash at its end it is the same route. */
function documentPath(path: string): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}").replace(/(?<=.)\/$/, "");
}

function ask(gateway: OpenGateway, { method, path }: Route, headers: Record<string, string>): Promise<Response> {
  const body = method === "GET" || method === "DELETE" ? {} : { body: "{}" };
  return fetch(gateway.url + path.replace("{id}", "x"), {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...body,
  });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("every route", () => {
  it("is in the API document and states who may call it", async () => {
    const gateway = await openGateway();
    const stated = (await documented(gateway)).map(({ method, path }) => `${method} ${path}`);
    expect([...registered(gateway)].sort()).toEqual([...stated, "GET /openapi.json"].sort());
    expect(stated.length).toBeGreaterThan(40);
  });

  it("is reached: none before it takes its path for a parameter's value", async () => {
    const paths = [...registered(await openGateway())].map((route) => ({
      route,
      pattern: new RegExp(`^${route.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]*\}/g, "[^/]+")}$`),
    }));
    const hidden = paths.flatMap(({ route }, index) => {
      const first = paths.findIndex(({ pattern }) => pattern.test(route));
      return first < index ? [`${route} behind ${paths[first]?.route}`] : [];
    });
    expect(hidden).toEqual([]);
  });

  it("that is not public refuses whoever brings nothing, or nonsense", async () => {
    const gateway = await openGateway();
    await signEveryoneIn(gateway);
    const guarded = (await documented(gateway)).filter(({ access }) => access !== "public");
    for (const headers of [
      {},
      bearer("nonsense"),
      bearer("cls_nonsense"),
      { cookie: `${sessionCookieName}=nonsense` },
    ]) {
      for (const route of guarded) {
        expect([route, (await ask(gateway, route, headers)).status]).toEqual([route, 401]);
      }
    }
  });

  it("of the console and the admin is closed to managed keys and to the legacy key", async () => {
    const gateway = await openGateway();
    const { key } = await signEveryoneIn(gateway);
    const routes = (await documented(gateway)).filter(({ access }) => access === "user" || access === "admin");
    expect(routes.length).toBeGreaterThan(20);
    for (const headers of [bearer(key), { "x-api-key": key }, bearer("legacy key")] as Record<string, string>[]) {
      for (const route of routes) {
        expect([route, (await ask(gateway, route, headers)).status]).toEqual([route, 401]);
      }
    }
  });

  it("of the admin is closed to viewers, who may look at the rest", async () => {
    const gateway = await openGateway();
    const { viewer } = await signEveryoneIn(gateway);
    for (const route of await documented(gateway)) {
      if (route.access !== "user" && route.access !== "admin") continue;
      const { status } = await ask(gateway, route, bearer(viewer));
      if (route.access === "admin") expect([route, status]).toEqual([route, 403]);
      else expect([route, status === 401 || status === 403]).toEqual([route, false]);
    }
  });

  it("that changes something is for admins, sign-in aside", async () => {
    const gateway = await openGateway();
    const changing = (await documented(gateway)).filter(
      ({ method, path, access }) => method !== "GET" && path.startsWith("/api/") && access !== "admin",
    );
    expect(changing.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      "DELETE /api/auth/sessions",
      "DELETE /api/auth/sessions/{id}",
      "DELETE /api/me/seat",
      "POST /api/auth/login",
      "POST /api/auth/logout",
      "POST /api/auth/password",
      "POST /api/auth/register",
      "POST /api/auth/setup",
      "POST /api/join/{code}",
    ]);
  });

  it("of the data APIs is open to keys", async () => {
    const gateway = await openGateway();
    const routes = (await documented(gateway)).filter(({ access }) => access === "key");
    const paths = new Set(routes.map(({ path }) => path));
    for (const path of [...dataPaths.map((route) => route.path), ...modelPaths]) expect(paths).toContain(path);
    const { key } = await signEveryoneIn(gateway);
    for (const route of routes) {
      expect([route, (await ask(gateway, route, bearer(key))).status === 401]).toEqual([route, false]);
    }
  });
});

describe("a session in a cookie", () => {
  const change = { method: "PATCH", path: "/api/admin/settings", access: "admin" } as const;

  it.each([
    ["from our own page", { "sec-fetch-site": "same-origin" }, 200],
    ["typed into the address bar", { "sec-fetch-site": "none" }, 200],
    ["from a script that is no browser", {}, 200],
    ["from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["from a sibling host", { "sec-fetch-site": "same-site" }, 403],
    ["from another origin over plain http", { origin: "http://evil.example" }, 403],
    ["from an opaque origin", { origin: "null" }, 403],
  ])("changes something %s: %s", async (_name, headers, expected) => {
    const gateway = await openGateway();
    const { admin } = await signEveryoneIn(gateway);
    const cookie = { cookie: `${sessionCookieName}=${admin}` };
    expect((await ask(gateway, change, { ...cookie, ...headers })).status).toBe(expected);
    const look = { ...change, method: "GET" };
    expect((await ask(gateway, look, { ...cookie, ...headers })).status).toBe(200);
    expect((await ask(gateway, change, { ...bearer(admin), ...headers })).status).toBe(200);
  });
});
