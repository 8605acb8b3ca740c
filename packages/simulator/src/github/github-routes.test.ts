import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alice, carol, type Fixture, pick, startFixture, startMs } from "../../testing/fixture.js";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture({
    githubApps: [
      {
        appId: "4711",
        publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
        installations: [{ id: "99", login: "carol" }],
      },
    ],
  });
});
afterEach(() => fixture.simulator.close());

describe("account routes", () => {
  it("tell the user, the seat and the Copilot state", async () => {
    expect(await (await fixture.get("/user")).json()).toMatchObject({ login: "alice", type: "User" });
    expect(await (await fixture.get("/user/copilot_billing")).json()).toEqual({
      seat: { plan: { plan_type: "business" } },
    });
    expect(await (await fixture.get("/copilot_internal/user")).json()).toMatchObject({
      login: "alice",
      copilot_plan: "business",
      endpoints: { api: fixture.simulator.url },
      quota_reset_date: "2026-12-01",
      quota_snapshots: {
        chat: { unlimited: true },
        premium_interactions: {
          entitlement: 300,
          remaining: 300,
          has_quota: true,
          quota_reset_at: Date.UTC(2026, 11, 1) / 1000,
        },
      },
      token_based_billing: false,
    });
  });

  it("refuse unknown and revoked tokens, and those without Copilot", async () => {
    expect(await (await fixture.get("/user", "gho_nobody")).json()).toMatchObject({ message: "Bad credentials" });
    fixture.simulator.changeAccount("alice", { standing: "revoked" });
    expect((await fixture.get("/copilot_internal/user")).status).toBe(401);
    expect((await fixture.get("/models")).status).toBe(401);
    fixture.simulator.changeAccount("alice", { standing: "no_copilot" });
    const refused = await fixture.get("/copilot_internal/v2/token");
    expect(refused.status).toBe(403);
    expect(pick(await refused.json(), "error_details.notification_id")).toBe("no_copilot_access");
  });

  it("exchange a token for one that the Copilot side takes for half an hour", async () => {
    const body: unknown = await (await fixture.get("/copilot_internal/v2/token")).json();
    expect(body).toMatchObject({ refresh_in: 1500, expires_at: startMs / 1000 + 1800 });
    const token = String(pick(body, "token"));
    expect((await fixture.get("/models", token)).status).toBe(200);
    fixture.clock.now += 30 * 60_000;
    expect((await fixture.get("/models", token)).status).toBe(401);
  });

  it("refuse GraphQL", async () => {
    expect(await (await fixture.post("/graphql", {})).json()).toMatchObject({ message: "Requires authentication" });
  });

  it("take unknown tokens of a plausible form when told to", async () => {
    await fixture.simulator.close();
    fixture = await startFixture({ acceptUnknownTokens: true });
    expect(await (await fixture.get("/user", "gho_somebody1234")).json()).toMatchObject({ login: "guest-3" });
    expect((await fixture.get("/models", "gho_somebody1234")).status).toBe(200);
    expect((await fixture.get("/user", "hello")).status).toBe(401);
  });
});

describe("GitHub App installations", () => {
  const jwt = (claims: object, key = privateKey) => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const unsigned = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
    return `${unsigned}.${sign("sha256", Buffer.from(unsigned), key).toString("base64url")}`;
  };
  const nowSeconds = startMs / 1000;
  const claims = { iss: "4711", iat: nowSeconds - 60, exp: nowSeconds + 540 };
  const mint = (token: string, id = "99") => fixture.post(`/app/installations/${id}/access_tokens`, {}, { token });

  it("mint a token that works for an hour", async () => {
    const response = await mint(jwt(claims));
    expect(response.status).toBe(201);
    const body: unknown = await response.json();
    expect(body).toMatchObject({ expires_at: "2026-11-22T13:00:00Z", permissions: { copilot_requests: "write" } });
    const token = String(pick(body, "token"));
    expect(token).toMatch(/^ghs_/);
    expect(await (await fixture.get("/copilot_internal/user", token)).json()).toMatchObject({ login: "carol" });
    fixture.clock.now += 60 * 60_000;
    expect((await fixture.get("/copilot_internal/user", token)).status).toBe(401);
  });

  it("refuse wrong keys, apps, lifetimes and installations", async () => {
    const { privateKey: otherKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const statuses = [
      (await mint(jwt(claims, otherKey))).status,
      (await mint(jwt({ ...claims, iss: "1" }))).status,
      (await mint(jwt({ ...claims, exp: nowSeconds - 1 }))).status,
      (await mint(jwt({ ...claims, exp: nowSeconds + 3600 }))).status,
      (await mint(jwt({ ...claims, iat: nowSeconds + 3600 }))).status,
      (await mint("nonsense")).status,
      (await mint(jwt(claims), "98")).status,
    ];
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 404]);
  });
});

describe("device flow", () => {
  const json = { accept: "application/json" };
  const start = async () =>
    (
      await fixture.post("/login/device/code", { client_id: "Iv1.own", scope: "read:user" }, { headers: json })
    ).json() as Promise<{
      device_code: string;
      user_code: string;
      interval: number;
      verification_uri: string;
    }>;
  const poll = async (deviceCode: string, clientId = "Iv1.own") => {
    const body = {
      client_id: clientId,
      device_code: deviceCode,
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    };
    return (await fixture.post("/login/oauth/access_token", body, { headers: json })).json() as Promise<unknown>;
  };

  it("waits, tells hasty clients to slow down, and hands out the approved account's token", async () => {
    const device = await start();
    expect(device.interval).toBe(5);
    expect(await poll(device.device_code)).toEqual({ error: "authorization_pending" });
    expect(await poll(device.device_code)).toEqual({ error: "slow_down", interval: 10 });
    expect(fixture.simulator.deviceFlow.approve(device.user_code, "carol")).toBe(true);
    expect(await poll(device.device_code)).toMatchObject({ access_token: carol.token, token_type: "bearer" });
    expect(await poll(device.device_code)).toEqual({ error: "incorrect_device_code" });
  });

  it("ends when denied, expired, or asked by another client", async () => {
    const denied = await start();
    fixture.simulator.deviceFlow.deny(denied.user_code);
    expect(await poll(denied.device_code)).toEqual({ error: "access_denied" });
    const late = await start();
    expect(await poll(late.device_code, "Iv1.other")).toEqual({ error: "incorrect_device_code" });
    fixture.clock.now += 15 * 60_000;
    expect(await poll(late.device_code)).toEqual({ error: "expired_token" });
  });

  it("can be approved on its page", async () => {
    const device = await start();
    expect(await (await fetch(device.verification_uri)).text()).toContain(device.user_code);
    const form = new URLSearchParams({ user_code: device.user_code, login: "alice" });
    expect((await fetch(device.verification_uri, { method: "POST", body: form })).status).toBe(200);
    expect(await poll(device.device_code)).toMatchObject({ access_token: alice.token });
    expect((await fetch(device.verification_uri, { method: "POST", body: form })).status).toBe(404);
  });

  it("speaks forms to those who do not ask for JSON", async () => {
    const body = new URLSearchParams({ client_id: "Iv1.own" }).toString();
    const text = await (await fixture.post("/login/device/code", body)).text();
    expect(new URLSearchParams(text).get("user_code")).toMatch(/^SIM/);
    expect((await fixture.post("/login/device/code", {})).status).toBe(404);
  });
});
