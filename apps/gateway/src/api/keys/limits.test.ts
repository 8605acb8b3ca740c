import { keyBudgets, keyLimits, limitClaims } from "@copilot-llm/quota";
import { describe, expect, it, test } from "vitest";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";
import type { AuditPage } from "../audit/schemas.js";
import type { SettingsView } from "../settings/schemas.js";
import { apiKeyView, type CreatedApiKey, createApiKeyBody, updateApiKeyBody } from "./schemas.js";

interface ApiDocument {
  readonly components: {
    readonly schemas: Record<string, { readonly properties: Record<string, { readonly description?: string }> }>;
  };
}

describe.each(keyLimits)("the limit $name", ({ name, isWhole }) => {
  it("takes what is above zero, fractions where they make sense, and null", () => {
    const accepts = (value: unknown) => updateApiKeyBody.safeParse({ [name]: value }).success;
    expect([1, 1.5, null, 0, -1, "1"].map(accepts)).toEqual([true, !isWhole, true, false, false, false]);
    expect(createApiKeyBody.safeParse({ alias: "a", [name]: 0 }).success).toBe(false);
  });
});

test("every limit of the table is set, kept, claimed, shown, told of and described under its name", async () => {
  const gateway = await openGateway();
  const { provider } = gateway;
  const headers = { authorization: `Bearer ${await signInAdmin(gateway)}`, "content-type": "application/json" };
  async function ask<Answer>(path: string, method = "GET", body?: object): Promise<Answer> {
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(gateway.url + path, init);
    expect(response.ok, `${method} ${path}`).toBe(true);
    return (await response.json()) as Answer;
  }
  const { components } = await ask<ApiDocument>("/openapi.json");
  for (const { name, field, meaning } of keyLimits) {
    const created = await ask<CreatedApiKey>("/api/admin/api-keys", "POST", { alias: name, [name]: 7 });
    for (const other of keyLimits) expect(created[other.name]).toBe(other.name === name ? 7 : null);
    const { key } = (await provider.keys.list()).find((view) => view.key.id === created.id) ?? {};
    expect(key?.limits[field]).toBe(7);
    expect(key === undefined ? [] : limitClaims(key)).toHaveLength(1);
    expect(await ask(`/api/admin/api-keys/${created.id}`, "PATCH", { [name]: 8 })).toMatchObject({ [name]: 8 });
    const { events } = await ask<AuditPage>("/api/admin/audit?limit=1");
    expect(events[0]?.detail).toMatchObject({ alias: name, changed: name });
    expect(await ask(`/api/admin/api-keys/${created.id}`, "PATCH", { [name]: null })).toMatchObject({ [name]: null });
    const settings = await ask<SettingsView>("/api/admin/settings", "PATCH", { key_defaults: { [name]: 9 } });
    expect(settings.key_defaults[name]).toBe(9);
    await ask<SettingsView>("/api/admin/settings", "PATCH", { key_defaults: { [name]: null } });
    for (const schema of ["CreateApiKey", "UpdateApiKey", "ApiKey", "KeyDefaults"]) {
      expect(components.schemas[schema]?.properties[name]?.description).toBe(`${meaning}; null for no limit.`);
    }
  }
  const unused = await ask<CreatedApiKey>("/api/admin/api-keys", "POST", { alias: "unused" });
  for (const { countName } of keyBudgets) expect(unused[countName]).toBe(0);
  expect(Object.keys(unused).sort()).toEqual([...Object.keys(apiKeyView.shape), "key"].sort());
});
