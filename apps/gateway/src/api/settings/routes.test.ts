import { routingStrategies, Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";
import type { SettingsView } from "./schemas.js";

const path = "/api/admin/settings";

test("of two admins who change the same settings the later one is told", async () => {
  const admin = await createAdminClient(await openGateway());
  const { body: read } = await admin<SettingsView>("GET", path);
  const change = (aliases: object, version: string) =>
    admin<SettingsView>("PATCH", path, { model_aliases: aliases }, { "if-match": version });

  const first = await change({ opus: "claude-opus-4.6" }, `"${read.version}"`);
  expect(first).toMatchObject({ status: 200, body: { model_aliases: { opus: "claude-opus-4.6" } } });
  expect(first.body.version).not.toBe(read.version);
  const second = await change({ mini: "gpt-5-mini" }, read.version);
  expect(second).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
  expect((await admin<SettingsView>("GET", path)).body).toEqual(first.body);

  for (const version of [first.body.version, "*"]) expect((await change({}, version)).status).toBe(200);
  const third = (await admin<SettingsView>("GET", path)).body;
  expect(third.version).toBe(read.version);
  expect((await change({ mini: "gpt-5-mini" }, `W/"${third.version}"`)).status).toBe(200);
  expect((await admin("PATCH", path, { model_aliases: {} })).status).toBe(200);
});

test("settings that have not changed are not sent again", async () => {
  const admin = await createAdminClient(await openGateway());
  const { headers } = await admin("GET", path);
  const validator = { "if-none-match": headers.get("etag") ?? "" };
  expect((await admin("GET", path, undefined, validator)).status).toBe(304);
  await admin("PATCH", path, { recording: "off" });
  expect((await admin("GET", path, undefined, validator)).status).toBe(200);
});

test("every routing strategy can be chosen, and no other", async () => {
  const admin = await createAdminClient(await openGateway());
  for (const routing_strategy of routingStrategies) {
    expect(await admin("PATCH", path, { routing_strategy })).toMatchObject({ status: 200, body: { routing_strategy } });
  }
  expect((await admin("PATCH", path, { routing_strategy: "most_waste" })).status).toBe(400);
});

test("a viewer is not told what is set on the machine", async () => {
  const gateway = await openGateway();
  const admin = await signInAdmin(gateway);
  const password = new Secret("correct horse battery");
  await gateway.provider.users.create("ada", { username: "vic", password, role: "viewer" });
  const viewer = (await gateway.provider.signIn.signIn("vic", password, null)).token.reveal();
  const read = async (token: string) => {
    const response = await fetch(`${gateway.url}/api/admin/settings`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await response.json()) as SettingsView;
  };
  const [ofAdmin, ofViewer] = [await read(admin), await read(viewer)];
  expect(ofAdmin.start_settings.variables).toEqual([{ name: "API_KEY", value: null, is_set: true }]);
  expect(ofViewer).toEqual({ ...ofAdmin, start_settings: { ...ofAdmin.start_settings, variables: [] } });
});
