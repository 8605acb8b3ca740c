import { routingStrategies } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway } from "../../testing/open-gateway.js";
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
