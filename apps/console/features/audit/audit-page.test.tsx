import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { AuditEvent } from "#lib/api/use-audit";
import { stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { AuditPage } from "./audit-page";

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
      createEvent({ id: "evt_5", action: "team.update", subject_label: "Red", detail: { changed: "max_credits" } }),
      createEvent({ id: "evt_6", action: "seat.consent", actor: "Bob", subject_label: "Bob", detail: {} }),
      createEvent({
        id: "evt_7",
        before: { max_requests: null },
        after: { max_requests: 21 },
        detail: { changed: "max_requests" },
      }),
      createEvent({
        id: "evt_8",
        before: { max_requests: 1_000, enabled: true, github_token_ids: null },
        after: { max_requests: 200, enabled: false, github_token_ids: "token-1" },
        detail: { changed: "max_requests,enabled,github_token_ids" },
      }),
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
    expect(await textOf("evt_5")).toBe("changed AI credits of the team Red");
    expect(await textOf("evt_6")).toBe("agreed to what joining with a seat means");
    expect(await textOf("evt_7")).toBe("changed requests of the key ci · none → 21");
    expect(await textOf("evt_8")).toBe(
      "changed requests, enabled, and tokens of the key ci · requests 1,000 → 200 · enabled on → off",
    );
    unmount();
    renderInConsole(<AuditPage />, { locale: "zh-CN" });
    expect(await textOf("evt_7")).toBe("更改了密钥 ci 的请求数 · 无 → 21");
    expect(await textOf("evt_1")).toBe("更改了密钥 ci 的请求数和启用");
  });

  it("leads from an event to its subject, and tells where it came from", async () => {
    stubAudit([
      createEvent({ client_ip: "192.0.2.7" }),
      createEvent({ id: "evt_2", action: "team.delete", subject_label: "Red" }),
      createEvent({ id: "evt_3", action: "settings.update", subject_label: null, detail: { changed: "recording" } }),
    ]);
    renderInConsole(<AuditPage />);
    const subject = await screen.findByRole("link", { name: "ci" });
    expect(subject.getAttribute("href")).toMatch(/^\/keys\/?\?id=key_1$/u);
    expect(screen.getByText("192.0.2.7")).toBeDefined();
    expect(screen.queryByRole("link", { name: "Red" })).toBeNull();
    expect(screen.getByRole("link", { name: "Settings" }).getAttribute("href")).toMatch(/^\/settings\/?$/u);
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

  it("saves what fits the filter as a file that the gateway writes", async () => {
    stubAudit([createEvent({})]);
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function click(this: HTMLAnchorElement) {
      saved.push(this.href);
    });
    renderInConsole(<AuditPage />, { search: "actor=ada" });
    fireEvent.click(await screen.findByRole("button", { name: "Export" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: /CSV/u }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const { pathname, searchParams } = new URL(saved[0] ?? "", "http://gateway");
    expect([pathname, searchParams.get("actor"), searchParams.get("format")]).toEqual([
      "/api/admin/audit/export",
      "ada",
      "csv",
    ]);
  });

  it("shows from where something was done, and a change's fields as they were and are", async () => {
    const fields = { before: { max_requests: 100, rpm: 5 }, after: { max_requests: 200, rpm: 5 } };
    stubAudit([createEvent({ client_ip: "203.0.113.9", ...fields })]);
    renderInConsole(<AuditPage />);
    fireEvent.click(await screen.findByText(/of the key/u));
    const row = await screen.findByRole("row", { name: "requests 100 200" });
    expect(row.closest("table")?.textContent).not.toContain("requests per minute");
    expect(screen.getAllByText("203.0.113.9").length).toBeGreaterThan(1);
  });
});
