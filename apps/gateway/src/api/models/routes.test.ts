import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { chatBody, openServingGateway, type ServingGateway } from "../../testing/serving.js";
import type { GithubTokenList } from "../tokens/schemas.js";
import type { ModelOverviewList, ModelResolutionView } from "./schemas.js";

const alice = { login: "alice", token: "gho_alice0123456789" };
const bob = { login: "bob", token: "gho_bob012345678901" };

async function addBob({ provider }: ServingGateway): Promise<string> {
  const credential = { kind: "user", token: new Secret(bob.token) } as const;
  return (await provider.tokens.create("ada", { alias: "bob", enabled: true, credential })).token.id;
}

async function modelOf({ admin }: ServingGateway, id: string) {
  const { models } = (await admin<ModelOverviewList>("GET", "/api/models")).body;
  return models.find((model) => model.id === id);
}

test("a model says what it costs in each world that the tokens live in", async () => {
  const gateway = await openServingGateway({ accounts: [alice, { ...bob, billing: "credits" }] });
  const bobsId = await addBob(gateway);
  expect((await modelOf(gateway, "claude-sonnet-4.6"))?.billing).toEqual([
    { unit: "premium_requests", multiplier: 1, prices: null, token_ids: [gateway.tokenId] },
    {
      unit: "credits",
      multiplier: null,
      prices: expect.objectContaining({ input: expect.any(Number) }),
      token_ids: [bobsId],
    },
  ]);
  expect((await modelOf(gateway, "gpt-5-mini"))?.billing[0]).toMatchObject({ unit: null, multiplier: 0 });
});

test("a model names the tokens that lack it, and why", async () => {
  const policy = { "claude-sonnet-4.6": "disabled" } as const;
  const gateway = await openServingGateway({ accounts: [alice, { ...bob, modelPolicy: policy }] });
  const bobsId = await addBob(gateway);
  const credential = { kind: "user", token: new Secret("gho_nobody012345678") } as const;
  const refused = await gateway.provider.tokens.create("ada", { alias: "nobody", enabled: true, credential });
  expect(await modelOf(gateway, "claude-sonnet-4.6")).toMatchObject({
    tokens: [{ id: gateway.tokenId, alias: "alice" }],
    lacking_tokens: [
      { id: bobsId, alias: "bob", reason: "policy" },
      { id: refused.token.id, alias: "nobody", reason: "auth_failed" },
    ],
  });
  await gateway.provider.tokens.update("ada", bobsId, { enabled: false });
  expect((await modelOf(gateway, "claude-sonnet-4.6"))?.lacking_tokens[0]).toMatchObject({ reason: "disabled" });
});

test("a model that a seat's plan leaves out is not that token's, and requests for it go to others", async () => {
  const free = { ...bob, plan: "free" } as const;
  const gateway = await openServingGateway({ accounts: [alice, free] });
  const bobsId = await addBob(gateway);
  expect(await modelOf(gateway, "claude-sonnet-4.6")).toMatchObject({
    tokens: [{ id: gateway.tokenId, alias: "alice" }],
    lacking_tokens: [{ id: bobsId, alias: "bob", reason: "not_offered" }],
  });
  const { body } = await gateway.admin<GithubTokenList>("GET", "/api/admin/github-tokens");
  const excluded = body.tokens.map(({ alias, models_excluded: models }) => [alias, models.map(({ id }) => id)]);
  expect(excluded).toEqual([
    ["alice", []],
    ["bob", expect.arrayContaining(["claude-sonnet-4.6"])],
  ]);
  for (let index = 0; index < 4; index += 1) {
    const response = await gateway.send("/v1/chat/completions", chatBody("hi", { model: "claude-sonnet-4.6" }));
    expect(response.status).toBe(200);
    await response.text();
  }
});

test("a name is told with the model that it leads to, and how", async () => {
  const gateway = await openServingGateway();
  await gateway.provider.settings.update("ada", {
    modelAliases: { sonnet: "claude-sonnet-4.6", gone: "no-such-model" },
  });
  const resolve = async (name: string) =>
    (await gateway.admin<ModelResolutionView>("GET", `/api/models/resolve?name=${encodeURIComponent(name)}`)).body;
  const none = { alias_of: null, close_matches: [] };
  const model = "claude-sonnet-4.6";
  expect(await resolve(model)).toEqual({ name: model, model, via: "id", ...none });
  expect(await resolve("sonnet")).toEqual({ name: "sonnet", model, via: "alias", ...none, alias_of: model });
  const dated = "claude-sonnet-4-6-20260101";
  expect(await resolve(dated)).toEqual({ name: dated, model, via: "spelling", ...none });
  expect(await resolve("gone")).toMatchObject({ model: null, via: null, alias_of: "no-such-model" });
  expect(await resolve("claude-sonet-4.6")).toMatchObject({
    model: null,
    close_matches: expect.arrayContaining([model]),
  });
  expect((await gateway.admin("GET", "/api/models/resolve")).status).toBe(400);
});
