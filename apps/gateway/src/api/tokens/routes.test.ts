import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { BulkResult } from "../route/bulk-schemas.js";
import type { GithubTokenList, GithubTokenQuotas, GithubTokenView } from "./schemas.js";

const root = "/api/admin/github-tokens";
const alice = { login: "alice", token: "gho_alice0123456789" };

test("a token can be asked for by its id", async () => {
  const { admin, tokenId } = await openServingGateway();
  const { tokens } = (await admin<GithubTokenList>("GET", root)).body;
  expect((await admin("GET", `${root}/${tokenId}`)).body).toEqual(tokens[0]);
  expect(await admin("GET", `${root}/tok_gone`)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
});

test.each([
  ["premium", "premium_requests"],
  ["credits", "credits"],
] as const)("a token says what its quota counts: billed by %s -> %s", async (billing, unit) => {
  const { admin, tokenId } = await openServingGateway({ accounts: [{ ...alice, billing }] });
  expect((await admin("GET", `${root}/${tokenId}`)).body).toMatchObject({ status: "active", unit });
});

test("a token that does not serve names the kind of failure", async () => {
  const { admin, tokenId, provider, simulator, send } = await openServingGateway();
  expect((await admin("GET", `${root}/${tokenId}`)).body).toMatchObject({ status: "active", reason_code: null });
  simulator.faults.add({ name: "rate-limited", account: "alice", retryAfterSeconds: 30 });
  await send("/v1/chat/completions", chatBody("hi"));
  const cooling = { status: "cooling", reason_code: "account_rate_limited" };
  expect((await admin("GET", `${root}/${tokenId}`)).body).toMatchObject(cooling);

  const credential = { kind: "user", token: new Secret("gho_nobody012345678") } as const;
  const { token } = await provider.tokens.create("ada", { alias: "nobody", enabled: true, credential });
  expect((await admin<GithubTokenView>("GET", `${root}/${token.id}`)).body).toMatchObject({
    status: "auth_failed",
    reason_code: "unauthorized",
    unit: null,
  });
});

test("a token says what it has cost, what failed on it lately, and how its account's windows stand", async () => {
  const { admin, tokenId, simulator, send } = await openServingGateway({
    accounts: [{ ...alice, billing: "credits" }],
  });
  const view = async () => (await admin<GithubTokenView>("GET", `${root}/${tokenId}`)).body;
  const unused = { errors_24h: 0, credits_used: 0, windows: { session: null, weekly: null } };
  expect(await view()).toMatchObject(unused);

  expect((await send("/v1/chat/completions", chatBody("hi"))).status).toBe(200);
  simulator.faults.add({ name: "prompt-too-long", account: "alice" });
  expect((await send("/v1/chat/completions", chatBody("again"))).status).toBeGreaterThanOrEqual(400);
  const used = await view();
  expect(used.errors_24h).toBe(1);
  expect(used.credits_used).toBeGreaterThan(0);
  const { quotas } = (await admin<GithubTokenQuotas>("GET", `${root}/quotas`)).body;
  const bucket = (name: string) => quotas[0]?.quotas.find((each) => each.bucket === name);
  expect(used.windows).toMatchObject({ session: { used: 1 }, weekly: { entitlement: 100, used: 1 } });
  expect(used.windows).toEqual({ session: bucket("session"), weekly: bucket("weekly") });
  expect((await admin<GithubTokenList>("GET", root)).body.tokens).toEqual([used]);
});

test("a token says who pays, as its account tells or an admin corrects it", async () => {
  const { admin, tokenId } = await openServingGateway({
    accounts: [{ ...alice, billing: "credits", organizations: ["Acme"] }],
  });
  const payer = async () => (await admin<GithubTokenView>("GET", `${root}/${tokenId}`)).body;
  expect(await payer()).toMatchObject({ billing_entity: "Acme", billing_entity_source: "organization" });
  const changed = await admin("PATCH", `${root}/${tokenId}`, { billing_entity: " The Enterprise " });
  expect(changed.body).toMatchObject({ billing_entity: "The Enterprise", billing_entity_source: "admin" });
  expect(await payer()).toEqual(changed.body);
  await admin("PATCH", `${root}/${tokenId}`, { alias: "renamed" });
  expect(await payer()).toMatchObject({ billing_entity: "The Enterprise" });
  await admin("PATCH", `${root}/${tokenId}`, { billing_entity: null });
  expect(await payer()).toMatchObject({ billing_entity: "Acme", billing_entity_source: "organization" });
  expect(await admin("PATCH", `${root}/${tokenId}`, { billing_entity: "" })).toMatchObject({ status: 400 });
});

test("all enabled tokens are checked at once", async () => {
  const { admin, provider, simulator } = await openServingGateway();
  const credential = { kind: "user", token: new Secret("gho_bob012345678901") } as const;
  const { token } = await provider.tokens.create("ada", { alias: "bob", enabled: true, credential });
  expect(token.login).toBeNull();
  simulator.addAccount({ login: "bob", token: "gho_bob012345678901" });
  const { status, body } = await admin<GithubTokenList>("POST", `${root}/check-all`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 2, active: 2, tokens: [{ login: "alice" }, { alias: "bob", login: "bob" }] });
});

test("many tokens are disabled, enabled and deleted at once", async () => {
  const { admin, tokenId } = await openServingGateway();
  const change = async (action: string) =>
    (await admin<BulkResult>("POST", `${root}/bulk`, { action, ids: [tokenId, "tok_gone"] })).body;
  const failed = [{ id: "tok_gone", code: "not_found", message: expect.any(String) }];
  expect(await change("disable")).toEqual({ done: 1, failed });
  expect((await admin("GET", `${root}/${tokenId}`)).body).toMatchObject({ enabled: false, status: "disabled" });
  expect(await change("enable")).toEqual({ done: 1, failed });
  expect((await admin("GET", `${root}/${tokenId}`)).body).toMatchObject({ enabled: true });
  expect(await change("delete")).toEqual({ done: 1, failed });
  expect((await admin("GET", root)).body).toEqual({ tokens: [], total: 0, active: 0 });
});
