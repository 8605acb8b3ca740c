import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { createIdentityProvider } from "../../auth/oidc/identity-provider.js";
import { Browser } from "../../testing/browser.js";
import { type Account, clientId, clientSecret, startIdentityProvider } from "../../testing/identity-provider.js";
import { openGateway } from "../../testing/open-gateway.js";

const callback = "/api/auth/oidc/callback";
const isCallback = (url: URL): boolean => url.pathname === callback;

/** The gateway's port is not known before it listens, and the provider wants to know it before. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function setUp(claims: Record<string, unknown>) {
  const account: Account = { id: "person-1", claims, refuses: false };
  const redirect = { uri: `http://127.0.0.1:${await freePort()}` };
  const uris = [`${redirect.uri}${callback}`];
  const issuer = await startIdentityProvider(account, uris);
  const secret = new Secret(clientSecret);
  const options = { issuer, clientId, clientSecret: secret, roleClaim: "roles", httpsProxy: null, noProxy: null };
  const gateway = await openGateway({ identityProvider: createIdentityProvider(options), publicUrl: redirect.uri });
  /** The provider sends the browser to the public address; a proxy would lead from there to the gateway. */
  const toGateway = (url: URL): string => gateway.url + url.pathname + url.search;
  const visit = async (browser: Browser, next = "/usage?range=7d") => {
    const start = `${gateway.url}/api/auth/oidc/start?next=${encodeURIComponent(next)}`;
    return browser.open(start, isCallback).then(toGateway);
  };
  const signIn = async (browser = new Browser(), next?: string) => {
    const end = await browser.open(await visit(browser, next));
    const status = await fetch(`${gateway.url}/api/auth/status`, {
      headers: { cookie: browser.cookiesFor(new URL(gateway.url)) },
    });
    return { to: end.pathname + end.search, status: (await status.json()) as Record<string, unknown> };
  };
  return { ...gateway, account, issuer, visit, signIn };
}

test("the company's people sign in, with the role that their claim says, and come to the page they asked for", async () => {
  const { signIn, provider, account, issuer } = await setUp({ preferred_username: "grace", roles: ["dev", "admin"] });
  const { to, status } = await signIn();
  expect(to).toBe("/usage?range=7d");
  expect(status).toMatchObject({
    authenticated: true,
    username: "grace",
    role: "admin",
    setup_required: false,
    sign_in_methods: ["password", "oidc"],
  });
  const [user] = await provider.users.list();
  expect(user).toMatchObject({ externalId: `${issuer}#person-1`, lastSignInAtMs: expect.any(Number) });
  expect(await provider.signIn.sessions.list(null)).toMatchObject([{ session: { method: "oidc" } }]);

  await provider.users.create("grace", { username: "ada", password: new Secret("correct horse"), role: "admin" });
  account.claims = { preferred_username: "renamed", roles: "viewer" };
  expect((await signIn()).status).toMatchObject({ username: "grace", role: "viewer" });
  expect(await provider.users.list()).toHaveLength(2);
  expect((await provider.audit.list({ limit: 20 })).map(({ action }) => action)).toEqual(
    expect.arrayContaining(["user.create", "user.sign_in", "user.update"]),
  );
});

test("PKCE, state and nonce go along, and none of them leaves the browser", async () => {
  const { visit } = await setUp({ preferred_username: "grace", roles: "admin" });
  const browser = new Browser();
  await visit(browser);
  const asked = new URL(browser.visited[1] ?? "");
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: "code",
    client_id: clientId,
    code_challenge_method: "S256",
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test("an answer that another browser asked for, or that was used, signs nobody in", async () => {
  const { url, visit } = await setUp({ preferred_username: "grace", roles: "admin" });
  const [victim, attacker] = [new Browser(), new Browser()];
  const stolen = await visit(attacker);
  const errorOf = async (browser: Browser, address: string) => (await browser.open(address)).searchParams.get("error");
  expect(await errorOf(victim, stolen)).toBe("oidc_expired");
  await visit(victim);
  expect(await errorOf(victim, stolen)).toBe("oidc_failed");
  expect(await errorOf(attacker, stolen)).toBeNull();
  expect(await errorOf(attacker, stolen)).toBe("oidc_expired");
  expect(victim.cookiesFor(new URL(url))).toBe("");
});

test("an answer whose head alone is asked for, as a scanner of links does, is not used up", async () => {
  const { visit } = await setUp({ preferred_username: "grace", roles: "admin" });
  const browser = new Browser();
  const address = await visit(browser);
  const headers = { cookie: browser.cookiesFor(new URL(address)) };
  const head = await fetch(address, { method: "HEAD", headers });
  expect([head.status, head.headers.get("set-cookie")]).toEqual([405, null]);
  expect((await browser.open(address)).searchParams.get("error")).toBeNull();
});

test("who refuses, or has no role, comes back to the sign-in page and is not made a user", async () => {
  const { signIn, account, provider } = await setUp({ preferred_username: "grace", roles: ["dev"] });
  expect(await signIn()).toMatchObject({ to: "/login?error=oidc_no_role", status: { authenticated: false } });
  account.refuses = true;
  expect(await signIn()).toMatchObject({ to: "/login?error=oidc_denied", status: { authenticated: false } });
  expect(await provider.users.list()).toEqual([]);
});

test("nobody gets a user who was made here by having the same name at the provider", async () => {
  const { signIn, provider } = await setUp({ preferred_username: "ADA", roles: "admin" });
  await provider.signIn.ensureFirstAdmin("ada", new Secret("correct horse battery"));
  expect(await signIn()).toMatchObject({ to: "/login?error=oidc_conflict", status: { authenticated: false } });
});

test.each(["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"])(
  "nobody is led to %j",
  async (next) => {
    const { signIn } = await setUp({ preferred_username: "grace", roles: "admin" });
    expect((await signIn(new Browser(), next)).to).toBe("/");
  },
);

test("a provider that cannot be reached is told on the sign-in page, and asked again next time", async () => {
  const port = await freePort();
  const options = { issuer: `http://127.0.0.1:${port}`, clientId, clientSecret: new Secret(clientSecret) };
  const proxies = { roleClaim: "roles", httpsProxy: null, noProxy: null };
  const { url } = await openGateway({ identityProvider: createIdentityProvider({ ...options, ...proxies }) });
  for (let times = 0; times < 2; times += 1) {
    const end = await new Browser().open(`${url}/api/auth/oidc/start`);
    expect(end.searchParams.get("error")).toBe("oidc_unreachable");
  }
});
