import type { AuditEvent } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";
import { updateApiKeyBody } from "../keys/schemas.js";
import { updateSettingsBody } from "../settings/schemas.js";
import { encodeAuditEvent } from "./encode.js";
import type { AuditEventView, AuditPage } from "./schemas.js";

const keyChanges = {
  alias: "desktop",
  enabled: false,
  allowed_models: ["gpt-*"],
  github_token_ids: null,
  max_requests: 1,
  max_premium_requests: 2,
  max_credits: 3,
  limit_period: "day",
  rpm: 4,
  tpm: 5,
  max_concurrency: 6,
  expires_at: null,
  team_id: null,
  recording: "off",
  note: "of the night shift",
};

const settingsChanges = {
  routing_strategy: "fill_first",
  model_aliases: {},
  model_fallbacks: {},
  key_defaults: { rpm: 1 },
  recording: "off",
  recording_retention_days: 1,
  legacy_key_enabled: false,
  viewers_see_prompts: false,
  holders_see_sessions: true,
  batches: { enabled: true, quiet_hours: [8, 9] },
};

function changedIn(event: AuditEventView | undefined): readonly string[] {
  return String(event?.detail.changed).split(",").sort();
}

test("what was changed is named as the request named it", async () => {
  expect(Object.keys(keyChanges).sort()).toEqual(Object.keys(updateApiKeyBody.shape).sort());
  expect(Object.keys(settingsChanges).sort()).toEqual(Object.keys(updateSettingsBody.shape).sort());
  const gateway = await openGateway();
  const { url, provider } = gateway;
  const { key } = await provider.keys.create("ada", { alias: "laptop" });
  const headers = { authorization: `Bearer ${await signInAdmin(gateway)}`, "content-type": "application/json" };
  const change = (path: string, body: object) =>
    fetch(url + path, { method: "PATCH", headers, body: JSON.stringify(body) });
  await change(`/api/admin/api-keys/${key.id}`, keyChanges);
  await change("/api/admin/settings", settingsChanges);
  const page = (await (await fetch(`${url}/api/admin/audit?limit=2`, { headers })).json()) as AuditPage;
  const [ofSettings, ofKey] = page.events;
  expect(changedIn(ofKey)).toEqual(Object.keys(keyChanges).sort());
  expect(ofKey?.before).toMatchObject({ alias: "laptop", enabled: true, max_requests: null, limit_period: "lifetime" });
  expect(ofKey?.after).toMatchObject({ alias: "desktop", enabled: false, max_requests: 1, limit_period: "day" });
  expect([ofKey?.client_ip, ofKey?.detail]).toEqual(["127.0.0.1", { alias: "desktop", changed: expect.any(String) }]);
  expect(changedIn(ofSettings)).toEqual(Object.keys(settingsChanges).sort());
});

test("an event that names limits as a whole, as older ones do, stays readable", () => {
  const event: AuditEvent = {
    id: "evt_1",
    atMs: 0,
    actor: "ada",
    action: "api_key.update",
    subjectId: "key_1",
    detail: { alias: "laptop", changed: "githubTokenIds,limits" },
  };
  expect(encodeAuditEvent(event).detail).toEqual({ alias: "laptop", changed: "github_token_ids,limits" });
});

test("the trail is filtered by who, what, whom, when and words", async () => {
  const gateway = await openGateway();
  const headers = { authorization: `Bearer ${await signInAdmin(gateway)}` };
  const { key } = await gateway.provider.keys.create("bob", { alias: "Laptop of Eve" });
  await gateway.provider.keys.update("ada", key.id, { enabled: false });
  const find = async (query: string) => {
    const page = (await (await fetch(`${gateway.url}/api/admin/audit?${query}`, { headers })).json()) as AuditPage;
    return page.events.map(({ actor, action, subject_label }) => `${actor} ${action} ${subject_label}`);
  };
  const created = "bob api_key.create Laptop of Eve";
  const updated = "ada api_key.update Laptop of Eve";
  expect(await find("actor=bob")).toEqual([created]);
  expect(await find("action=api_key")).toEqual([updated, created]);
  expect(await find(`subject=${key.id}&action=api_key.update`)).toEqual([updated]);
  expect(await find("q=eve")).toEqual([updated, created]);
  expect(await find("action=user.sign_in")).toEqual(["ada user.sign_in null"]);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  expect(await find(`action=api_key&to=${tomorrow}`)).toEqual([updated, created]);
  expect(await find(`from=${tomorrow}`)).toEqual([]);
  expect((await fetch(`${gateway.url}/api/admin/audit?from=yesterday`, { headers })).status).toBe(400);
});
