import { Secret } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { dataPaths, modelPaths } from "../data/data-paths.js";
import { type OpenGateway, openGateway, signInAdmin } from "../testing/open-gateway.js";
import { chatBody, openServingGateway } from "../testing/serving.js";
import { sessionCookieName } from "./read-session-cookie.js";

const chat = "/v1/chat/completions";
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (token: string) => ({ cookie: `${sessionCookieName}=${token}` });

async function setUp() {
  const gateway = await openGateway();
  const admin = await signInAdmin(gateway);
  const password = new Secret("correct horse battery");
  await gateway.provider.users.create("ada", { username: "vic", password, role: "viewer" });
  const viewer = (await gateway.provider.signIn.signIn("vic", password, null)).token.reveal();
  const key = (await gateway.provider.keys.create("ada", { alias: "laptop" })).value.reveal();
  return { gateway, admin, viewer, key };
}

async function ask({ url }: OpenGateway, path: string, headers: Record<string, string>, method = "POST") {
  const body = method === "GET" ? {} : { body: "{}" };
  const response = await fetch(url + path, { method, headers, ...body });
  return { status: response.status, body: (await response.json()) as unknown };
}

describe("a viewer's session", () => {
  it("opens no data route, and is told so in the client's own protocol", async () => {
    const { gateway, viewer } = await setUp();
    const openai = {
      error: { message: expect.stringContaining("viewer's console session"), type: expect.any(String) },
    };
    const anthropic = {
      type: "error",
      error: { type: "permission_error", message: expect.stringContaining("viewer") },
    };
    for (const credential of [bearer(viewer), cookie(viewer), { "x-api-key": viewer }] as Record<string, string>[]) {
      for (const { path, protocol } of dataPaths) {
        const { status, body } = await ask(gateway, path, credential);
        expect([path, status]).toEqual([path, 403]);
        expect(body).toMatchObject(protocol === "anthropic-messages" ? anthropic : openai);
      }
      for (const path of modelPaths) expect((await ask(gateway, path, credential, "GET")).status).toBe(403);
      expect((await ask(gateway, "/mcp", credential)).status).toBe(403);
    }
  });

  it("does not stand in the way of a key that comes with it", async () => {
    const { gateway, viewer, key } = await setUp();
    expect((await ask(gateway, chat, { ...cookie(viewer), ...bearer(key) })).status).not.toBe(403);
    expect((await ask(gateway, chat, { "x-api-key": viewer, ...bearer(key) })).status).not.toBe(403);
  });
});

it.each(["x-copilot-llm-key-id", "x-github-token-id"])(
  "%s that is no id is refused, in each API's words",
  async (name) => {
    const { gateway, key } = await setUp();
    for (const value of ["", "a b", "a/../b", "x".repeat(129), "key\u00e9"]) {
      for (const { path } of dataPaths) {
        const { status, body } = await ask(gateway, path, { ...bearer(key), [name]: value });
        expect([path, status]).toEqual([path, 400]);
        expect(body).toMatchObject({ error: { message: expect.stringContaining(`\`${name}\` must be an id`) } });
      }
    }
  },
);

describe("an admin's session that acts as a key", () => {
  const actingAs = (id: string) => ({ "x-copilot-llm-key-id": id });

  it("has the key's limits and is on record as the key", async () => {
    const { admin, keyId, provider, url } = await openServingGateway();
    await provider.keys.update("ada", keyId, { limits: { maxRequests: 1 }, allowedModels: ["gpt-5-mini"] });
    const authorization = `Bearer ${(await provider.signIn.signIn("ada", new Secret("correct horse battery"), null)).token.reveal()}`;
    const send = (body: object) =>
      fetch(url + chat, {
        method: "POST",
        headers: { authorization, ...actingAs(keyId) },
        body: JSON.stringify(body),
      });
    expect((await send(chatBody("hi", { model: "gpt-4o" }))).status).toBe(403);
    expect((await send(chatBody("hi"))).status).toBe(200);
    expect(await (await send(chatBody("again"))).text()).toContain("max_requests: 1");
    expect((await admin("GET", `/api/admin/api-keys/${keyId}`)).body).toMatchObject({ current_requests: 1 });
    const models = await fetch(`${url}/v1/models`, { headers: { authorization, ...actingAs(keyId) } });
    expect(await models.json()).toMatchObject({ data: [{ id: "gpt-5-mini" }] });
  });

  it("must name a key that can be used", async () => {
    const { gateway, admin } = await setUp();
    const { provider } = gateway;
    const disabled = await provider.keys.create("ada", { alias: "off", enabled: false });
    const expired = await provider.keys.create("ada", { alias: "old", expiresAtMs: 1 });
    for (const [id, status, message] of [
      ["key_gone", 400, "no API key with this id"],
      [disabled.key.id, 403, "disabled"],
      [expired.key.id, 403, "expired"],
    ] as const) {
      const answer = await ask(gateway, chat, { ...bearer(admin), ...actingAs(id) });
      expect(answer).toMatchObject({ status, body: { error: { message: expect.stringContaining(message) } } });
    }
  });

  it("is an admin's: no key and no viewer acts as another key", async () => {
    const { gateway, viewer, key } = await setUp();
    const { key: other } = await gateway.provider.keys.create("ada", { alias: "other" });
    for (const credential of [bearer(key), { "x-api-key": "legacy key" }, bearer(viewer)] as Record<string, string>[]) {
      expect((await ask(gateway, chat, { ...credential, ...actingAs(other.id) })).status).toBe(403);
    }
  });
});

describe("an admin's session", () => {
  it("opens data routes, as a cookie only from our own pages", async () => {
    const { gateway, admin } = await setUp();
    for (const headers of [bearer(admin), cookie(admin), { ...cookie(admin), "sec-fetch-site": "same-origin" }]) {
      expect((await ask(gateway, chat, headers as Record<string, string>)).status).toBe(400);
    }
    for (const site of ["same-site", "cross-site"]) {
      expect((await ask(gateway, chat, { ...cookie(admin), "sec-fetch-site": site })).status).toBe(403);
      expect((await ask(gateway, chat, { ...bearer(admin), "sec-fetch-site": site })).status).toBe(400);
    }
  });
});
