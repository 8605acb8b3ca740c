import type { DeviceFlow } from "@copilot-llm/copilot";
import { Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import { expect, onTestFinished, test } from "vitest";
import { Accounts } from "../accounts/accounts.js";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { DeviceSignIns } from "./device-sign-ins.js";
import { TokenAdmin } from "./token-admin.js";

async function setUp(clientId: string | null = "Ov23operator", own: Partial<DeviceFlow> = {}) {
  const bench = await openBench();
  const { clock } = bench;
  const { upstream, simulator } = await openUpstream(["alice"], { clock: { nowMs: () => clock.nowMs() } });
  const pool = createPool(bench);
  const accounts = new Accounts({ ...bench, tokens: bench.stores.tokens, pool, upstream });
  const tokens = new TokenAdmin({ ...bench, pool, accounts });
  const signIns = new DeviceSignIns({ ...bench, deviceFlow: { ...upstream.deviceFlow, ...own }, clientId, tokens });
  onTestFinished(async () => {
    signIns.close();
    await accounts.close();
  });
  const polls = () => simulator.requests.to("/login/oauth/access_token");
  const stateOf = (id: string) => expect.poll(() => signIns.find(id).state, { timeout: 10_000 });
  /** Lets GitHub's interval pass, again and again, until the sign-in has ended. */
  const untilEnded = (id: string) =>
    expect.poll(
      () => {
        clock.advance(5_000);
        return signIns.find(id).state;
      },
      { timeout: 10_000 },
    );
  return { ...bench, simulator, tokens, signIns, polls, stateOf, untilEnded };
}

test("the token goes into the pool once its holder has agreed", async () => {
  const { signIns, simulator, untilEnded, tokens, trail } = await setUp();
  const started = await signIns.start("ada", "alice");
  expect(started).toMatchObject({ alias: "alice", intervalMs: 5_000, state: { status: "pending" } });
  simulator.deviceFlow.approve(started.userCode, "alice");
  await untilEnded(started.id).toMatchObject({ status: "complete", tokenId: expect.stringMatching(/^tok_/) });
  // Polling moved the clock on, so that adding the token may have stopped waiting for its check.
  await expect
    .poll(async () => (await tokens.list())[0], { timeout: 10_000 })
    .toMatchObject({ token: { alias: "alice", login: "alice" }, state: { status: "active" } });
  const [view] = await tokens.list();
  expect(view?.token.secret?.reveal()).toBe(githubTokenOf("alice"));
  expect(await trail()).toMatchObject([{ actor: "ada", action: "github_token.create" }]);
});

test("no poll comes sooner than GitHub allows, and none after the end", async () => {
  const { signIns, simulator, clock, untilEnded, polls } = await setUp();
  const { id, userCode } = await signIns.start("ada", "alice");
  clock.advance(4_999);
  expect(polls()).toEqual([]);
  clock.advance(1);
  await expect.poll(() => polls().length).toBe(1);
  simulator.deviceFlow.deny(userCode);
  await untilEnded(id).toMatchObject({ status: "denied", reason: expect.stringMatching(/refused/) });
  const before = polls().length;
  clock.advance(60 * 60_000);
  expect(polls()).toHaveLength(before);
});

test("a code that nobody used in time has expired", async () => {
  const { signIns, clock, stateOf } = await setUp();
  const { id } = await signIns.start("ada", "alice");
  clock.advance(16 * 60_000);
  await stateOf(id).toMatchObject({ status: "expired", reason: expect.stringMatching(/Start anew/) });
});

test("a GitHub that cannot be reached for a while is asked again", async () => {
  const { signIns, simulator, clock, untilEnded, tokens } = await setUp();
  const { id, userCode } = await signIns.start("ada", "alice");
  simulator.deviceFlow.approve(userCode, "alice");
  await simulator.refuseConnections();
  clock.advance(5_000);
  await simulator.acceptConnections();
  await untilEnded(id).toMatchObject({ status: "complete" });
  expect(await tokens.list()).toHaveLength(1);
});

test("the oldest of too many sign-ins gives way, and is polled no more", async () => {
  const { signIns } = await setUp();
  const first = await signIns.start("ada", "alice");
  for (let index = 0; index < 50; index += 1) await signIns.start("ada", "alice");
  expect(() => signIns.find(first.id)).toThrow(expect.objectContaining({ code: "not_found" }));
});

test("without a client id there is no device flow, and the refusal names the setting", async () => {
  const { signIns, simulator } = await setUp(null);
  await expect(signIns.start("ada", "alice")).rejects.toMatchObject({
    code: "invalid_request",
    message: expect.stringContaining("GITHUB_OAUTH_CLIENT_ID"),
  });
  expect(simulator.requests.all()).toEqual([]);
});

test("a token that ends within hours is refused, with what to change in the App's settings", async () => {
  // The simulator's tokens do not end; those of a GitHub App do unless it is set up otherwise.
  const value = { status: "complete", token: new Secret(githubTokenOf("alice")), expires: true } as const;
  const { signIns, untilEnded, tokens } = await setUp("Iv1operator", { poll: async () => ({ ok: true, value }) });
  const { id } = await signIns.start("ada", "alice");
  await untilEnded(id).toMatchObject({
    status: "failed",
    reason: expect.stringMatching(/expiry of user access tokens/),
  });
  expect(await tokens.list()).toEqual([]);
});

test("a refusal that asking again cannot cure ends the sign-in with GitHub's words", async () => {
  const error = { status: 400, code: null, message: "GitHub refused the device sign-in: device_flow_disabled" };
  const failure = { kind: "forbidden", retryAfterMs: null, error } as const;
  const { signIns, untilEnded } = await setUp("Ov23operator", { poll: async () => ({ ok: false, failure }) });
  const { id } = await signIns.start("ada", "alice");
  await untilEnded(id).toEqual({ status: "failed", reason: error.message });
});
