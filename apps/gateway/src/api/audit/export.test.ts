import { expect, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway } from "../../testing/open-gateway.js";
import type { AuditEventView, AuditPage } from "./schemas.js";

const root = "/api/admin/audit";

test("the trail leaves as JSON lines, with the same filters and the same events as its list", async () => {
  const gateway = await openGateway();
  const admin = await createAdminClient(gateway);
  const { key } = await gateway.provider.keys.create("bob", { alias: "laptop" });
  await gateway.provider.keys.update("ada", key.id, { note: "of the night shift" });
  for (const query of ["", "actor=bob", "action=api_key", `subject=${key.id}`, "q=NIGHT", "from=2999-01-01"]) {
    const { body: page } = await admin<AuditPage>("GET", `${root}?${query}`);
    const exported = await admin<string>("GET", `${root}/export?${query}`);
    expect(exported.headers.get("content-disposition")).toMatch(
      /^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/u,
    );
    const lines = exported.body.split("\n").slice(0, -1);
    expect(lines.map((line) => JSON.parse(line) as AuditEventView)).toEqual(page.events);
  }
  expect((await admin("GET", `${root}/export?from=yesterday`)).status).toBe(400);
});

test("as a table the trail runs nothing in a spreadsheet", async () => {
  const gateway = await openGateway();
  const admin = await createAdminClient(gateway);
  const { key } = await gateway.provider.keys.create("=bob", { alias: '=HYPERLINK("//evil"),"x"' });
  const exported = await admin<string>("GET", `${root}/export?format=csv&action=api_key`);
  expect(exported.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(exported.headers.get("cache-control")).toBe("no-store");
  const [header, row, ...rest] = exported.body.split("\r\n");
  expect(header).toBe("at,actor,action,subject_id,subject_label,client_ip,before,after,detail,id");
  expect(row).toContain(`,'=bob,api_key.create,${key.id},"'=HYPERLINK(""//evil""),""x""",`);
  expect(rest).toEqual([""]);
});

test("more events than a search looks through at once leave all the same", async () => {
  const gateway = await openGateway();
  const admin = await createAdminClient(gateway);
  for (let made = 0; made < 501; made += 1) await gateway.provider.keys.create("bob", { alias: `key ${made}` });
  const { body } = await admin<string>("GET", `${root}/export?actor=bob`);
  const ids = body
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as AuditEventView).id);
  expect(new Set(ids).size).toBe(501);
  expect(ids).toHaveLength(501);
});
