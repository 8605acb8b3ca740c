import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AuditEvent } from "#lib/api/use-audit";
import { stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { AuditPage } from "./audit-page";
import { encodeAuditCsv } from "./encode-audit-csv";

function createEvent(fields: Partial<AuditEvent>): AuditEvent {
  return {
    id: "evt_1",
    at: "2026-11-22T11:00:00.000Z",
    actor: "ada",
    action: "api_key.update",
    subject_id: "key_1",
    subject_label: "ci",
    client_ip: null,
    before: null,
    after: null,
    detail: { alias: "ci", changed: "max_requests,enabled" },
    ...fields,
  };
}

function stubAudit(events: readonly AuditEvent[]) {
  return stubGateway({
    "GET /api/admin/users": () => ({ users: [] }),
    "GET /api/admin/audit": () => ({ events, next_cursor: null }),
  });
}

describe("AuditPage", () => {
  it("words what was done, in both languages", async () => {
    stubAudit([
      createEvent({}),
      createEvent({ id: "evt_2", action: "user.update", subject_label: "bob", detail: { role: "admin" } }),
      createEvent({ id: "evt_3", action: "session.delete", subject_label: null, detail: { removed: 3 } }),
      createEvent({ id: "evt_4", action: "moon.launch", subject_label: null, detail: {} }),
    ]);
    const { unmount } = renderInConsole(<AuditPage />);
    const textOf = async (id: string) => {
      await waitFor(() => expect(document.querySelector(`[data-row-link="${id}"]`)).not.toBeNull());
      return document.querySelector(`[data-row-link="${id}"]`)?.textContent?.trim();
    };
    expect(await textOf("evt_1")).toBe("changed requests and enabled of the key ci");
    expect(await textOf("evt_2")).toBe("changed the user bob (admin)");
    expect(await textOf("evt_3")).toBe("deleted 3 conversations");
    expect(await textOf("evt_4")).toBe("moon.launch");
    unmount();
    renderInConsole(<AuditPage />, { locale: "zh-CN" });
    expect(await textOf("evt_1")).toBe("更改了密钥 ci 的请求数和启用");
  });

  it("leaves sign-ins out until they are asked for", async () => {
    stubAudit([createEvent({}), createEvent({ id: "evt_2", action: "user.sign_in", detail: {} })]);
    const { unmount } = renderInConsole(<AuditPage />);
    await screen.findByText(/of the key/u);
    expect(screen.queryByText("signed in")).toBeNull();
    unmount();
    renderInConsole(<AuditPage />, { search: "signins=1" });
    expect(await screen.findByText("signed in")).toBeDefined();
  });

  it("asks the gateway for what the address says", async () => {
    const seen = stubAudit([]);
    renderInConsole(<AuditPage />, { search: "actor=ada&action=api_key&q=ci" });
    expect(await screen.findByText("Nothing matches")).toBeDefined();
    const asked = new URLSearchParams(seen.find(({ path }) => path.startsWith("/api/admin/audit"))?.path.split("?")[1]);
    expect([asked.get("actor"), asked.get("action"), asked.get("q")]).toEqual(["ada", "api_key", "ci"]);
  });

  it("shows a change's fields as they were and are, where the gateway tells", async () => {
    stubAudit([createEvent({ before: { max_requests: 100, rpm: 5 }, after: { max_requests: 200, rpm: 5 } })]);
    renderInConsole(<AuditPage />);
    fireEvent.click(await screen.findByText(/of the key/u));
    const row = await screen.findByRole("row", { name: "requests 100 200" });
    expect(row.closest("table")?.textContent).not.toContain("requests per minute");
  });
});

it("writes the trail as a table that no spreadsheet runs", () => {
  const csv = encodeAuditCsv([createEvent({ subject_label: "=cmd()", detail: { alias: "a,b" } })]);
  expect(csv.split("\n")[1]).toBe(`2026-11-22T11:00:00.000Z,ada,api_key.update,key_1,'=cmd(),"{""alias"":""a,b""}"`);
});
