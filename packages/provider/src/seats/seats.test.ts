import { type ApiKey, defaultSettings, hourMs, Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import { describe, expect, it, onTestFinished } from "vitest";
import { Accounts } from "../accounts/accounts.js";
import { DeviceSignIns } from "../admin/device-sign-ins.js";
import { KeyAdmin } from "../admin/key-admin.js";
import { SignIn } from "../admin/sign-in.js";
import { TokenAdmin } from "../admin/token-admin.js";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { consentText } from "./consent-text.js";
import { InviteAdmin, type NewInvite } from "./invite-admin.js";
import { Seats } from "./seats.js";

async function setUp() {
  const bench = await openBench();
  const { stores, clock } = bench;
  const { upstream, simulator } = await openUpstream(["grace", "alan"], { clock: { nowMs: () => clock.nowMs() } });
  const pool = createPool(bench);
  const accounts = new Accounts({ ...bench, tokens: stores.tokens, pool, upstream });
  const settings = () => ({
    ...defaultSettings,
    keyDefaults: { ...defaultSettings.keyDefaults, allowedModels: ["x"] },
  });
  const tokens = new TokenAdmin({ ...bench, pool, accounts });
  const keys = new KeyAdmin({ ...bench, settings, lastClient: () => null });
  const deviceSignIns = new DeviceSignIns({ ...bench, deviceFlow: upstream.deviceFlow, clientId: "Ov23own", tokens });
  onTestFinished(async () => {
    deviceSignIns.close();
    await accounts.close();
  });
  const invites = new InviteAdmin(bench);
  const seats = new Seats({ ...bench, tokens, keys, deviceSignIns });
  const signIn = new SignIn({ ...bench, legacyKey: null, settings });
  const invite = async (changes: Partial<NewInvite> = {}) =>
    invites.create("ada", {
      name: "grace",
      expiresAtMs: clock.nowMs() + 24 * hourMs,
      servesOwnerFirst: true,
      key: { limits: { maxRequests: 7 } },
      ...changes,
    });
  return { ...bench, simulator, pool, tokens, keys, invites, seats, signIn, invite };
}

const graceToken = () => new Secret(githubTokenOf("grace"));

describe("an invitation", () => {
  it("shows what is agreed to, and opens once", async () => {
    const { invite, invites, seats, tokens, signIn, trail, clock } = await setUp();
    const issued = await invite();
    expect(issued.invite.codeHash).not.toContain(issued.code.reveal());
    expect(await seats.invitation(issued.code)).toEqual({ invite: issued.invite, consentText });
    const { key, value } = await seats.join(issued.code, consentText, graceToken());
    const [view] = await tokens.list();
    expect(view).toMatchObject({ token: { alias: "grace", login: "grace" }, state: { status: "active" } });
    expect(key).toMatchObject({
      alias: "grace",
      limits: { maxRequests: 7, maxCredits: null },
      allowedModels: null,
      seat: { tokenId: view?.token.id, servesFirst: true },
    });
    expect(await signIn.principalOf(value)).toMatchObject({ kind: "api_key", key: { id: key.id } });

    const again = { code: "conflict", message: expect.stringContaining("used already") };
    await expect(seats.invitation(issued.code)).rejects.toMatchObject(again);
    await expect(seats.join(issued.code, consentText, new Secret(githubTokenOf("alan")))).rejects.toMatchObject(again);
    const [listed] = await invites.list();
    expect(listed).toMatchObject({
      joined: { atMs: clock.nowMs(), text: consentText, tokenId: view?.token.id, keyId: key.id, leftAtMs: null },
    });
    expect(await trail()).toMatchObject([
      { actor: "ada", action: "invite.create", detail: { name: "grace" } },
      { actor: "grace", action: "seat.consent", detail: { name: "grace", text: consentText } },
      { actor: "grace", action: "github_token.create" },
      { actor: "grace", action: "api_key.create" },
      { actor: "grace", action: "seat.join", subjectId: issued.invite.id, detail: { key_id: key.id } },
    ]);
    expect(JSON.stringify(await trail())).not.toContain(githubTokenOf("grace"));
  });

  it("opens nothing without the very words being agreed to, when it is too old, taken back or unknown", async () => {
    const { invite, invites, seats, tokens, clock } = await setUp();
    const { invite: stored, code } = await invite();
    await expect(seats.join(code, "yes", graceToken())).rejects.toMatchObject({
      code: "invalid_request",
      param: "consent_text",
    });
    await expect(seats.invitation(new Secret("nothing"))).rejects.toMatchObject({ code: "not_found" });
    clock.advance(24 * hourMs);
    const old = { code: "conflict", message: expect.stringContaining("too old") };
    await expect(seats.join(code, consentText, graceToken())).rejects.toMatchObject(old);
    expect(invites.status(stored)).toBe("expired");
    await invites.remove("ada", stored.id);
    await expect(seats.invitation(code)).rejects.toMatchObject({ code: "not_found" });
    await expect(invites.remove("ada", stored.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await tokens.list()).toEqual([]);
  });

  it("keeps no token that GitHub refuses, and can then be used with another", async () => {
    const { invite, seats, tokens, keys } = await setUp();
    const { code } = await invite();
    const refused = { code: "invalid_request", param: "token", message: expect.stringContaining("Bad credentials") };
    await expect(seats.join(code, consentText, new Secret("gho_stranger0123456789"))).rejects.toMatchObject(refused);
    expect([await tokens.list(), await keys.list()]).toEqual([[], []]);
    await seats.join(code, consentText, graceToken());
    expect(await tokens.list()).toHaveLength(1);
  });

  it("leaves no token behind where no key could be made", async () => {
    const { invite, seats, tokens, keys } = await setUp();
    const { code } = await invite();
    const { key } = await keys.create("ada", { alias: "grace" });
    await expect(seats.join(code, consentText, graceToken())).rejects.toMatchObject({ code: "conflict" });
    expect(await tokens.list()).toEqual([]);
    await keys.remove("ada", key.id);
    await seats.join(code, consentText, graceToken());
    expect(await tokens.list()).toHaveLength(1);
  });

  it("is used by one of many at the same moment", async () => {
    const { invite, seats, tokens, keys } = await setUp();
    const { code } = await invite();
    const joins = [graceToken(), new Secret(githubTokenOf("alan")), graceToken()].map((token) =>
      seats.join(code, consentText, token),
    );
    const results = await Promise.allSettled(joins);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect([(await tokens.list()).length, (await keys.list()).length]).toEqual([1, 1]);
  });

  it("is not made for a name that is taken, a team that is not there, or a time that is over", async () => {
    const { invite, keys, clock } = await setUp();
    await keys.create("ada", { alias: "Grace" });
    await expect(invite()).rejects.toMatchObject({ code: "conflict", param: "name" });
    const alan = { name: "alan" };
    await expect(invite({ ...alan, key: { teamId: "team_x" } })).rejects.toMatchObject({ param: "team_id" });
    await expect(invite({ ...alan, expiresAtMs: clock.nowMs() })).rejects.toMatchObject({ param: "expires_at" });
  });
});

describe("joining by device flow", () => {
  it("gives the key once, after its person has agreed at GitHub", async () => {
    const { invite, seats, simulator, clock, keys } = await setUp();
    const { code } = await invite({ servesOwnerFirst: false });
    const started = await seats.joinByDevice(code, consentText);
    expect(started).toMatchObject({ alias: "grace", state: { status: "pending" } });
    await expect(seats.joinByDevice(code, consentText)).rejects.toMatchObject({
      message: expect.stringContaining("joining with this invitation right now"),
    });
    expect((await seats.deviceFlow(code, started.id)).key).toBeNull();
    simulator.deviceFlow.approve(started.userCode, "grace");
    let issued: ApiKey | null = null;
    await expect
      .poll(
        async () => {
          clock.advance(5_000);
          issued = (await seats.deviceFlow(code, started.id)).key?.key ?? null;
          return issued;
        },
        { timeout: 15_000 },
      )
      .toMatchObject({ alias: "grace", seat: { servesFirst: false } });
    await expect(seats.deviceFlow(code, started.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await keys.list()).toHaveLength(1);
  });

  it("that is refused at GitHub lets the link be used again", async () => {
    const { invite, seats, simulator, clock } = await setUp();
    const { code } = await invite();
    const started = await seats.joinByDevice(code, consentText);
    await expect(seats.deviceFlow(new Secret("other"), started.id)).rejects.toMatchObject({ code: "not_found" });
    simulator.deviceFlow.deny(started.userCode);
    await expect
      .poll(
        async () => {
          clock.advance(5_000);
          return (await seats.deviceFlow(code, started.id)).signIn.state;
        },
        { timeout: 15_000 },
      )
      .toMatchObject({ status: "denied" });
    expect((await seats.join(code, consentText, graceToken())).key.alias).toBe("grace");
  });
});

describe("leaving", () => {
  it("erases the token at once, ends the key and goes on the trail, once", async () => {
    const { invite, invites, seats, tokens, pool, signIn, stores, trail } = await setUp();
    const { code } = await invite();
    const { key, value } = await seats.join(code, consentText, graceToken());
    await seats.leave(key);
    expect([await tokens.list(), pool.tokens()]).toEqual([[], []]);
    await expect(signIn.principalOf(value)).rejects.toMatchObject({ code: "unauthenticated" });
    const [left] = await invites.list();
    expect(left && invites.status(left)).toBe("left");
    expect((await trail()).slice(-2)).toMatchObject([
      { actor: "grace", action: "github_token.delete" },
      { actor: "grace", action: "seat.leave", subjectId: key.id },
    ]);
    const now = await stores.keys.find(key.id);
    expect(now).toMatchObject({ enabled: false, seat: null });
    if (now !== null) await expect(seats.leave(now)).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes through when an admin has deleted the token before", async () => {
    const { invite, seats, tokens, stores } = await setUp();
    const { code } = await invite();
    const { key } = await seats.join(code, consentText, graceToken());
    await tokens.remove("ada", key.seat?.tokenId ?? "");
    await seats.leave(key);
    expect(await stores.keys.find(key.id)).toMatchObject({ enabled: false, seat: null });
  });
});
