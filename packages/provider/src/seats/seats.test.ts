import { defaultSettings, hourMs, Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import { describe, expect, it, onTestFinished } from "vitest";
import { Accounts } from "../accounts/accounts.js";
import { DeviceSignIns } from "../admin/device-sign-ins.js";
import { KeyAdmin } from "../admin/key-admin.js";
import { SignIn } from "../admin/sign-in.js";
import { TokenAdmin } from "../admin/token-admin.js";
import { failStoreWrites } from "../testing/fail-store-writes.js";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { consentText } from "./consent-text.js";
import { InviteAdmin, type NewInvite } from "./invite-admin.js";
import { Seats } from "./seats.js";

async function setUp() {
  const bench = await openBench();
  const { stores, failAt } = failStoreWrites(bench.stores);
  const { clock } = bench;
  const { upstream, simulator } = await openUpstream(["grace", "alan"], { clock: { nowMs: () => clock.nowMs() } });
  const pool = createPool(bench);
  const options = { ...bench, stores };
  const accounts = new Accounts({ ...options, tokens: stores.tokens, pool, upstream });
  const settings = () => ({
    ...defaultSettings,
    keyDefaults: { ...defaultSettings.keyDefaults, allowedModels: ["x"] },
  });
  const tokens = new TokenAdmin({ ...options, pool, accounts });
  const keys = new KeyAdmin({ ...options, settings, lastClient: () => null });
  const deviceSignIns = new DeviceSignIns({ ...bench, deviceFlow: upstream.deviceFlow, clientId: "Ov23own", tokens });
  const invites = new InviteAdmin(options);
  const seats = new Seats({ ...options, tokens, keys, deviceSignIns });
  const close = async () => {
    deviceSignIns.close();
    await seats.close();
  };
  onTestFinished(async () => {
    await close();
    await accounts.close();
  });
  const signIn = new SignIn({ ...options, legacyKey: null, settings });
  const invite = async (changes: Partial<NewInvite> = {}) =>
    invites.create("ada", {
      name: "grace",
      expiresAtMs: clock.nowMs() + 24 * hourMs,
      servesOwnerFirst: true,
      key: { limits: { maxRequests: 7 } },
      ...changes,
    });
  /** What a person who leaves takes away: nothing may be there without the other. */
  const held = async () => ({
    tokens: (await tokens.list()).map(({ token }) => token.alias),
    pooled: pool.tokens().length,
    keys: (await keys.list()).map(({ key }) => key.alias),
  });
  const joinByDevice = async () => {
    const { code, invite: invited } = await invite();
    const started = await seats.joinByDevice(code, consentText);
    return { code, inviteId: invited.id, ...started };
  };
  /** GitHub is polled once, and no time passes while the token is checked. */
  const untilEnded = (id: string) => {
    clock.advance(5_000);
    return expect.poll(() => deviceSignIns.find(id).state, { timeout: 15_000 });
  };
  return {
    ...options,
    ...{ simulator, upstream, pool, tokens, keys, invites, seats, signIn, invite },
    ...{ failAt, deviceSignIns, close, held, joinByDevice, untilEnded },
  };
}

const nothing = { tokens: [], pooled: 0, keys: [] };
const graceSeat = { tokens: ["grace"], pooled: 1, keys: ["grace"] };

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

describe("a token that cannot serve", () => {
  it.each([
    ["has no Copilot", { code: "invalid_request", param: "token" }],
    ["GitHub does not confirm", { code: "unavailable", message: expect.stringContaining("has not confirmed") }],
  ])("because its account %s is not kept, and the link can be used again", async (reason, refusal) => {
    const { invite, seats, simulator, held } = await setUp();
    const { code } = await invite();
    if (reason === "has no Copilot") simulator.changeAccount("grace", { standing: "no_copilot" });
    else await simulator.refuseConnections();
    await expect(seats.join(code, consentText, graceToken())).rejects.toMatchObject(refusal);
    expect(await held()).toEqual(nothing);
    simulator.changeAccount("grace", { standing: "active" });
    await simulator.acceptConnections();
    expect((await seats.join(code, consentText, graceToken())).key.alias).toBe("grace");
  });

  it("by device flow is not kept either, and its person is told why", async () => {
    const { seats, simulator, joinByDevice, untilEnded, held, keys } = await setUp();
    const { code, id, userCode } = await joinByDevice();
    simulator.changeAccount("grace", { standing: "no_copilot" });
    simulator.deviceFlow.approve(userCode, "grace");
    await untilEnded(id).toMatchObject({ status: "failed" });
    const { signIn, key } = await seats.deviceFlow(code, id);
    expect([signIn.state, key]).toEqual([
      { status: "failed", reason: expect.stringContaining("GitHub refused the token") },
      null,
    ]);
    expect(await held()).toEqual(nothing);
    expect(await keys.list()).toEqual([]);
    simulator.changeAccount("grace", { standing: "active" });
    expect((await seats.join(code, consentText, graceToken())).key.alias).toBe("grace");
  });

  it("for want of GitHub's answer in time is not kept", async () => {
    const { invite, seats, simulator, clock, upstream, held } = await setUp();
    const { code } = await invite();
    simulator.faults.add({ name: "hang", endpoint: "github" });
    const joining = expect(seats.join(code, consentText, graceToken())).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("did not answer in time"),
    });
    await expect.poll(() => simulator.requests.all().length).toBeGreaterThan(0);
    clock.advance(20_000);
    await joining;
    expect(await held()).toEqual(nothing);
    await upstream.close();
  });
});

describe("joining by device flow", () => {
  it("makes the key once its person has agreed at GitHub, whoever asks, and gives it to one who does", async () => {
    const { seats, simulator, joinByDevice, untilEnded, held, clock, invites } = await setUp();
    const { code, id, userCode, alias, state } = await joinByDevice();
    expect([alias, state]).toEqual(["grace", { status: "pending" }]);
    await expect(seats.joinByDevice(code, consentText)).rejects.toMatchObject({
      message: expect.stringContaining("joining with this invitation right now"),
    });
    expect((await seats.deviceFlow(code, id)).key).toBeNull();
    await expect(seats.deviceFlow(new Secret("other"), id)).rejects.toMatchObject({ code: "not_found" });
    simulator.deviceFlow.approve(userCode, "grace");
    await untilEnded(id).toMatchObject({ status: "complete" });
    expect(await held()).toEqual(graceSeat);
    expect((await invites.list()).map((one) => invites.status(one))).toEqual(["joined"]);
    const answers = await Promise.allSettled([seats.deviceFlow(code, id), seats.deviceFlow(code, id)]);
    expect(answers.map((answer) => answer.status === "fulfilled" && answer.value.key?.key.alias)).toEqual([
      "grace",
      false,
    ]);
    await expect(seats.deviceFlow(code, id)).rejects.toMatchObject({ code: "not_found" });
    clock.advance(60 * 60_000);
    await seats.close();
    expect(await held()).toEqual(graceSeat);
  });

  it("takes the seat back with a key that nobody fetches, and the link can be used again", async () => {
    const { seats, simulator, joinByDevice, untilEnded, held, clock, trail } = await setUp();
    const { code, id, userCode } = await joinByDevice();
    simulator.deviceFlow.approve(userCode, "grace");
    await untilEnded(id).toMatchObject({ status: "complete" });
    clock.advance(15 * 60_000 - 1);
    await seats.close();
    expect(await held()).toEqual(graceSeat);
    clock.advance(1);
    await seats.close();
    expect(await held()).toEqual(nothing);
    expect((await trail()).slice(-2)).toMatchObject([
      { actor: "system", action: "api_key.delete" },
      { actor: "system", action: "github_token.delete" },
    ]);
    await expect(seats.deviceFlow(code, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await seats.join(code, consentText, graceToken())).key.alias).toBe("grace");
  });

  it("takes it back when its sign-in is forgotten, or the gateway stops", async () => {
    const { seats, simulator, joinByDevice, untilEnded, held, close, deviceSignIns } = await setUp();
    const first = await joinByDevice();
    simulator.deviceFlow.approve(first.userCode, "grace");
    await untilEnded(first.id).toMatchObject({ status: "complete" });
    for (let index = 0; index < 50; index += 1) await deviceSignIns.start("ada", "other");
    await seats.close();
    expect(await held()).toEqual(nothing);
    await expect(seats.deviceFlow(first.code, first.id)).rejects.toMatchObject({ code: "not_found" });

    const { id, userCode } = await seats.joinByDevice(first.code, consentText);
    simulator.deviceFlow.approve(userCode, "grace");
    await untilEnded(id).toMatchObject({ status: "complete" });
    await close();
    expect(await held()).toEqual(nothing);
  });

  it("leaves nothing of a sign-in that is forgotten while the token is being accepted", async () => {
    const { seats, simulator, joinByDevice, held, close, clock, tokens } = await setUp();
    const { code, userCode } = await joinByDevice();
    simulator.deviceFlow.approve(userCode, "grace");
    clock.advance(5_000);
    await expect.poll(async () => (await tokens.list()).length).toBe(1);
    await close();
    expect(await held()).toEqual(nothing);
    expect((await seats.invitation(code)).invite).toMatchObject({ claimedUntilMs: null, joined: null });
  });

  it("fails, and keeps nothing, when the invitation is deleted meanwhile", async () => {
    const { seats, simulator, joinByDevice, untilEnded, held, invites } = await setUp();
    const { code, id, inviteId, userCode } = await joinByDevice();
    await invites.remove("ada", inviteId);
    simulator.deviceFlow.approve(userCode, "grace");
    await untilEnded(id).toMatchObject({ status: "failed", reason: expect.stringContaining("taken back") });
    expect((await seats.deviceFlow(code, id)).signIn.state.status).toBe("failed");
    expect(await held()).toEqual(nothing);
  });

  it("that is refused at GitHub lets the link be used again, whether or not anybody asks", async () => {
    const { seats, simulator, joinByDevice, untilEnded } = await setUp();
    const { code, id, userCode } = await joinByDevice();
    simulator.deviceFlow.deny(userCode);
    await untilEnded(id).toMatchObject({ status: "denied" });
    await seats.close();
    expect((await seats.invitation(code)).invite.claimedUntilMs).toBeNull();
    expect((await seats.deviceFlow(code, id)).signIn.state.status).toBe("denied");
    expect((await seats.join(code, consentText, graceToken())).key.alias).toBe("grace");
  });

  it("that ends late gives up no claim but its own", async () => {
    const { seats, simulator, joinByDevice, clock, deviceSignIns } = await setUp();
    const first = await joinByDevice();
    await simulator.refuseConnections();
    clock.advance(15 * 60_000);
    await simulator.acceptConnections();
    const second = await seats.joinByDevice(first.code, consentText);
    await expect
      .poll(() => {
        clock.advance(5_000);
        return deviceSignIns.find(first.id).state.status;
      })
      .toBe("expired");
    await seats.close();
    expect((await seats.invitation(first.code)).invite.claimedUntilMs).not.toBeNull();
    expect((await seats.deviceFlow(first.code, second.id)).signIn.state.status).toBe("pending");
  });
});

describe("a store that fails on the way", () => {
  /** The first write is the consent. */
  it.each([
    [2, "the token"],
    [3, "what GitHub tells of it"],
    [4, "the key"],
    [5, "who joined"],
  ])("at write %i, %s, leaves neither token nor key", async (write) => {
    const { invite, seats, held, failAt } = await setUp();
    const { code } = await invite();
    failAt(write);
    await expect(seats.join(code, consentText, graceToken())).rejects.toMatchObject({ code: "unavailable" });
    failAt(0);
    expect(await held()).toEqual(nothing);
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
