import { expect, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";

test("a backup is made for whoever takes it, not for its head alone", async () => {
  const gateway = await openGateway();
  const admin = await createAdminClient(gateway);
  const made = async () => (await gateway.provider.audit.list({ limit: 10 })).map(({ action }) => action);
  const headers = { authorization: `Bearer ${await signInAdmin(gateway)}` };
  expect((await fetch(`${gateway.url}/api/admin/backup`, { method: "HEAD", headers })).status).toBe(405);
  expect(await made()).not.toContain("backup.create");
  const whole = await admin("GET", "/api/admin/backup");
  expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "application/x-tar"]);
  expect(await made()).toContain("backup.create");
});
