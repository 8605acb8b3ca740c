import { dayMs } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { type AdminClient, createAdminClient } from "../../testing/admin-client.js";
import { openGateway } from "../../testing/open-gateway.js";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { ApiKeyList } from "./schemas.js";

const root = "/api/admin/api-keys";

async function listAliases(admin: AdminClient, query: string): Promise<string[]> {
  return (await admin<ApiKeyList>("GET", `${root}?${query}`)).body.keys.map(({ alias }) => alias);
}

/** Page by page to the end. */
async function walk(admin: AdminClient, query: string, cursor = ""): Promise<string[]> {
  const { body } = await admin<ApiKeyList>("GET", `${root}?${query}${cursor}`);
  expect(body.total).toBe(5);
  const aliases = body.keys.map(({ alias }) => alias);
  const { next_cursor: next } = body;
  return next === null ? aliases : [...aliases, ...(await walk(admin, query, `&cursor=${next}`))];
}

async function createKeys(aliases: readonly string[]) {
  const gateway = await openGateway();
  const ids: string[] = [];
  for (const alias of aliases) ids.push((await gateway.provider.keys.create("ada", { alias })).key.id);
  return { gateway, admin: await createAdminClient(gateway), ids };
}

test("keys come a page at a time, in the order asked for, each once", async () => {
  const aliases = ["Delta", "alpha", "charlie", "bravo", "Echo"];
  const { admin } = await createKeys(aliases);
  for (const limit of [1, 2, 3, 5]) {
    expect(await walk(admin, `limit=${limit}`)).toEqual(aliases);
    expect(await walk(admin, `limit=${limit}&sort=alias`)).toEqual(["alpha", "bravo", "charlie", "Delta", "Echo"]);
    expect(await walk(admin, `limit=${limit}&sort=-alias`)).toEqual(["Echo", "Delta", "charlie", "bravo", "alpha"]);
    expect(await walk(admin, `limit=${limit}&sort=last_used_at`)).toEqual(aliases);
  }
});

test("a page goes on behind a key that is gone, and from no foreign cursor", async () => {
  const { gateway, admin, ids } = await createKeys(["a", "b", "c"]);
  const { body } = await admin<ApiKeyList>("GET", `${root}?limit=2&sort=alias`);
  await gateway.provider.keys.remove("ada", ids[1] ?? "");
  expect(await listAliases(admin, `limit=2&sort=alias&cursor=${body.next_cursor}`)).toEqual(["c"]);
  for (const cursor of ["nonsense", "e30"]) {
    const refused = await admin("GET", `${root}?cursor=${cursor}`);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_request" } } });
  }
  expect((await admin("GET", `${root}?sort=key_hash`)).status).toBe(400);
});

test("keys are found by their words and their state", async () => {
  const gateway = await openServingGateway();
  const { admin, provider, send } = gateway;
  await provider.keys.update("ada", gateway.keyId, { alias: "busy", limits: { maxRequests: 1 } });
  expect((await send("/v1/chat/completions", chatBody("one"))).status).toBe(200);
  await provider.keys.create("ada", { alias: "off", enabled: false, note: "Of the night shift" });
  const { key } = await provider.keys.create("ada", { alias: "soon", expiresAtMs: Date.now() + dayMs });
  expect(await listAliases(admin, "q=NIGHT")).toEqual(["off"]);
  expect(await listAliases(admin, `q=${key.keyPreview}`)).toEqual(["soon"]);
  expect(await listAliases(admin, "state=limited")).toEqual(["busy"]);
  expect(await listAliases(admin, "state=disabled")).toEqual(["off"]);
  expect(await listAliases(admin, "state=active")).toEqual(["soon"]);
  expect(await listAliases(admin, "state=expiring")).toEqual(["soon"]);
  expect(await listAliases(admin, "state=unused")).toEqual(["off", "soon"]);
  expect(await listAliases(admin, "state=expired")).toEqual([]);
  expect(await listAliases(admin, "sort=-current_requests&limit=1")).toEqual(["busy"]);
});

test("keys are found by what they may use, and ordered by how much of a budget is used", async () => {
  const { gateway, admin } = await createKeys([]);
  const { keys, teams } = gateway.provider;
  const { team } = await teams.create("ada", { name: "Red" });
  await keys.create("ada", { alias: "free", teamId: team.id });
  await keys.create("ada", { alias: "gpt", allowedModels: ["gpt-*"], limits: { maxRequests: 10 } });
  expect(await listAliases(admin, "model=gpt-5-mini")).toEqual(["free", "gpt"]);
  expect(await listAliases(admin, "model=claude-opus-4.7")).toEqual(["free"]);
  expect(await listAliases(admin, "token=tok_1")).toEqual(["free", "gpt"]);
  expect(await listAliases(admin, `team=${team.id}`)).toEqual(["free"]);
  expect(await listAliases(admin, "team=none")).toEqual([]);
  expect(await listAliases(admin, "sort=usage")).toEqual(["free", "gpt"]);
  expect(await listAliases(admin, "sort=-usage")).toEqual(["gpt", "free"]);
});
