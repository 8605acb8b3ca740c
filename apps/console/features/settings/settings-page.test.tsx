import { readFileSync } from "node:fs";
import path from "node:path";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { GatewaySettings } from "#lib/api/use-settings";
import type { SignIn } from "#lib/api/use-sign-ins";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createStatsRow, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { SettingsPage } from "./settings-page";

const settingsPath = "/api/admin/settings";

const settings: GatewaySettings = {
  routing_strategy: "round_robin",
  model_aliases: { opus: "claude-opus-4.7" },
  model_fallbacks: {},
  key_defaults: {
    allowed_models: null,
    max_requests: null,
    max_premium_requests: null,
    max_credits: null,
    limit_period: "lifetime",
    rpm: null,
    tpm: null,
    max_concurrency: null,
    recording: null,
  },
  recording: null,
  recording_retention_days: null,
  legacy_key_enabled: true,
  viewers_see_prompts: true,
  holders_see_sessions: false,
  batches: { enabled: false, max_in_pool: 2, max_per_token: 1, quiet_hours: [], note: "GitHub forbids bulk use." },
  start_settings: {
    recording: "full",
    recording_retention_days: 90,
    legacy_key: true,
    device_flow: false,
    variables: [],
  },
  version: "1",
};

function createSignIn(fields: Partial<SignIn>): SignIn {
  return {
    id: "s1",
    user_id: "usr_1",
    username: "ada",
    current: false,
    method: "password",
    client_ip: "203.0.113.9",
    user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    created_at: "2026-11-20T00:00:00Z",
    last_seen_at: "2026-11-22T11:00:00Z",
    expires_at: "2026-11-27T00:00:00Z",
    ...fields,
  };
}

function stubSettings(routes: Parameters<typeof stubGateway>[0] = {}, stored: GatewaySettings = settings) {
  return stubGateway({
    [`GET ${settingsPath}`]: () => stored,
    "GET /api/models": () => ({ models: [] }),
    "GET /api/auth/sessions": () => ({
      sessions: [createSignIn({ id: "s1", current: true }), createSignIn({ id: "s2" })],
    }),
    "GET /api/status": () => createErrorResponse(503, "unavailable", "not now"),
    "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
    ...routes,
  });
}

async function findSection(name: string): Promise<HTMLElement> {
  return await screen.findByRole("region", { name });
}

describe("SettingsPage", () => {
  it("saves one section by itself, with the version that was read", async () => {
    const seen = stubSettings({ [`PATCH ${settingsPath}`]: () => ({ ...settings, version: "2" }) });
    renderInConsole(<SettingsPage />);
    const routing = await findSection("Routing");
    expect(within(routing).queryByRole("button", { name: "Save" })).toBeNull();
    fireEvent.click(within(routing).getByLabelText(/^Most left/u));
    fireEvent.click(within(routing).getByRole("button", { name: "Save" }));
    expect(await screen.findByText("The settings were saved.")).toBeDefined();
    const sent = seen.find(({ method }) => method === "PATCH");
    expect(sent?.body).toEqual({ routing_strategy: "most_remaining" });
    expect(sent?.headers["if-match"]).toBe('"1"');
  });

  it("keeps what was entered when somebody else changed the settings, and says so", async () => {
    stubSettings({ [`PATCH ${settingsPath}`]: () => createErrorResponse(409, "conflict", "Somebody changed them.") });
    renderInConsole(<SettingsPage />);
    const recording = await findSection("Recording");
    fireEvent.change(within(recording).getByLabelText("Days to keep recordings"), { target: { value: "30" } });
    fireEvent.click(within(recording).getByRole("button", { name: "Save" }));
    expect(await within(recording).findByText(/Somebody changed the settings meanwhile/u)).toBeDefined();
    expect(within(recording).getByLabelText<HTMLInputElement>("Days to keep recordings").value).toBe("30");
  });

  it("holds back a retention that is no number of days", async () => {
    const seen = stubSettings();
    renderInConsole(<SettingsPage />);
    const recording = await findSection("Recording");
    const field = within(recording).getByLabelText("Days to keep recordings");
    fireEvent.change(field, { target: { value: "a week" } });
    fireEvent.click(within(recording).getByRole("button", { name: "Save" }));
    expect(await within(recording).findByText("A whole number from 0 to 36500.")).toBeDefined();
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(seen.filter(({ method }) => method === "PATCH")).toEqual([]);
  });

  it("saves the defaults of new keys without what only a key has", async () => {
    const seen = stubSettings({ [`PATCH ${settingsPath}`]: () => settings });
    renderInConsole(<SettingsPage />);
    const defaults = await findSection("Defaults of new keys");
    fireEvent.change(within(defaults).getByLabelText("Premium requests"), { target: { value: "1,000" } });
    fireEvent.click(within(defaults).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(seen.some(({ method }) => method === "PATCH")).toBe(true));
    expect(seen.find(({ method }) => method === "PATCH")?.body).toEqual({
      key_defaults: { ...settings.key_defaults, max_premium_requests: 1000 },
    });
  });

  it("asks before a link leaves changes behind", async () => {
    stubSettings();
    renderInConsole(
      <>
        <a href="/keys/">Keys</a>
        <SettingsPage />
      </>,
    );
    const routing = await findSection("Routing");
    fireEvent.click(within(routing).getByLabelText(/^Most left/u));
    expect(fireEvent.click(screen.getByText("Keys"))).toBe(false);
    const question = await screen.findByRole("alertdialog", { name: "Discard what you entered?" });
    fireEvent.click(within(question).getByRole("button", { name: "Keep editing" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    fireEvent.click(within(routing).getByRole("button", { name: "Discard" }));
    expect(fireEvent.click(screen.getByText("Keys"))).toBe(true);
  });

  it("changes one's own password, and says which of the two is wrong", async () => {
    let isRight = false;
    const seen = stubSettings({
      "POST /api/auth/password": () =>
        isRight ? {} : createErrorResponse(400, "invalid_request", "The current password is wrong."),
      "GET /api/auth/status": () => loggedInAsViewer,
    });
    renderInConsole(<SettingsPage />, { status: loggedInAsViewer });
    const account = await findSection("My account");
    fireEvent.change(within(account).getByLabelText("Current password"), { target: { value: "old one" } });
    fireEvent.change(within(account).getByLabelText("New password"), { target: { value: "new one that is long" } });
    fireEvent.click(within(account).getByRole("button", { name: "Change password" }));
    expect(await within(account).findByText("This is not your current password.")).toBeDefined();
    isRight = true;
    fireEvent.click(within(account).getByRole("button", { name: "Change password" }));
    expect(await screen.findByText("The password was changed.")).toBeDefined();
    expect(seen.findLast(({ method }) => method === "POST")?.body).toEqual({
      current_password: "old one",
      new_password: "new one that is long",
    });
  });

  it("lets a viewer read and change nothing", async () => {
    stubSettings();
    renderInConsole(<SettingsPage />, { status: loggedInAsViewer });
    const routing = await findSection("Routing");
    expect(
      within(routing)
        .getByLabelText(/^Most left/u)
        .closest("fieldset[disabled]"),
    ).not.toBeNull();
    expect(screen.queryByRole("switch")).toBeNull();
    expect(screen.queryByRole("button", { name: "Download the backup" })).toBeNull();
  });

  it("shows where one is signed in, and ends the others but not this one", async () => {
    const seen = stubSettings({
      "DELETE /api/auth/sessions/s2": () => new Response(null, { status: 204 }),
      "DELETE /api/auth/sessions": () => ({ ended: 1 }),
    });
    renderInConsole(<SettingsPage />);
    const signIns = await findSection("Sign-ins");
    const rows = await within(signIns).findAllByRole("listitem");
    expect(rows[0]?.textContent).toBe("Chrome 156 · LinuxhereLast seen 1 hour ago · 203.0.113.9");
    expect(within(rows[0] as HTMLElement).queryByRole("button")).toBeNull();
    fireEvent.click(within(signIns).getByRole("button", { name: "Sign out ada, Chrome 156 · Linux" }));
    expect(await screen.findByText("That session has ended.")).toBeDefined();
    fireEvent.click(within(signIns).getByRole("button", { name: "Sign out everywhere else" }));
    const question = await screen.findByRole("alertdialog", { name: "Sign out 1 other session?" });
    fireEvent.click(within(question).getByRole("button", { name: "Sign out everywhere else" }));
    expect(await screen.findByText("1 other session has ended.")).toBeDefined();
    expect(seen.filter(({ method }) => method === "DELETE").map(({ path: asked }) => asked)).toEqual([
      "/api/auth/sessions/s2",
      "/api/auth/sessions",
    ]);
  });

  it("shows an admin everyone's sessions, a viewer only their own", async () => {
    const seen = stubSettings({
      "GET /api/auth/sessions?scope=all": () => ({ sessions: [createSignIn({ id: "s3", username: "bob" })] }),
    });
    const { unmount } = renderInConsole(<SettingsPage />);
    const signIns = await findSection("Sign-ins");
    fireEvent.click(within(signIns).getByRole("button", { name: "Everyone's" }));
    expect(await within(signIns).findByText("bob")).toBeDefined();
    unmount();
    const before = seen.length;
    renderInConsole(<SettingsPage />, { status: loggedInAsViewer });
    await findSection("Sign-ins");
    expect(screen.queryByRole("button", { name: "Everyone's" })).toBeNull();
    expect(seen.slice(before).some(({ path: asked }) => asked.includes("scope=all"))).toBe(false);
  });

  it.each(["en", "zh-CN"] as const)("says what each start-up setting means and defaults to (%s)", async (locale) => {
    const listed = readFileSync(
      path.join(import.meta.dirname, "../../../gateway/src/env/list-start-settings.ts"),
      "utf8",
    );
    const names = [...listed.matchAll(/(?:shown|hidden)\("(\w+)"/gu)].map(([, name]) => name ?? "");
    expect(names.length).toBeGreaterThan(30);
    const variables = names.map((name) => ({ name, value: null, is_set: false }));
    stubSettings({}, { ...settings, start_settings: { ...settings.start_settings, variables } });
    renderInConsole(<SettingsPage />, { locale });
    const start = await findSection(locale === "en" ? "Start settings" : "启动设置");
    const unexplained = within(start)
      .getAllByRole("term")
      .filter((term) => term.parentElement?.querySelectorAll("dd").length !== 2)
      .map(({ textContent }) => textContent);
    expect(unexplained).toEqual([]);
  });

  it("says what a switch of access means as it stands", async () => {
    stubSettings({}, { ...settings, viewers_see_prompts: true, holders_see_sessions: false });
    renderInConsole(<SettingsPage />);
    const access = await findSection("Access");
    expect(within(access).getByText("Viewers read what was asked and answered.")).toBeDefined();
    expect(within(access).getByText("Whoever opens My usage with a key sees its figures alone.")).toBeDefined();
  });

  it("keeps in this browser whose time is told", async () => {
    stubSettings({}, settings);
    renderInConsole(<SettingsPage />);
    const account = await findSection("My account");
    fireEvent.change(within(account).getByLabelText("Time zone"), { target: { value: "utc" } });
    expect(localStorage.getItem("console.time-zone")).toBe("utc");
    expect(within(account).getByLabelText<HTMLSelectElement>("Time zone").value).toBe("utc");
    localStorage.clear();
  });

  it("lists what the environment said, what is set first and no secret", async () => {
    const variables = [
      { name: "OIDC_ISSUER", value: null, is_set: false },
      { name: "API_KEY", value: null, is_set: true },
      { name: "PORT", value: "8000", is_set: true },
      { name: "DRAIN_TIMEOUT", value: "30000ms", is_set: true },
      { name: "MAX_BODY_BYTES", value: "33554432", is_set: true },
    ];
    stubSettings({}, { ...settings, start_settings: { ...settings.start_settings, variables } });
    renderInConsole(<SettingsPage />);
    const start = await findSection("Start settings");
    const terms = within(start).getAllByRole("term");
    expect(terms.map((term) => `${term.textContent}=${term.nextElementSibling?.textContent}`)).toEqual([
      "API_KEY=set",
      "PORT=8000",
      "DRAIN_TIMEOUT=30 sec",
      "MAX_BODY_BYTES=32 MiB",
      "OIDC_ISSUER=not set",
    ]);
  });

  it("tells of GitHub's terms in the reader's language", async () => {
    stubSettings();
    renderInConsole(<SettingsPage />, { locale: "zh-CN" });
    const batches = await findSection("批处理");
    expect(within(batches).getByRole("note").textContent).toContain("GitHub 的条款禁止");
    expect(batches.textContent).not.toContain("GitHub forbids bulk use.");
  });

  it("turns batches on at a pace and with quiet hours, beside the note on GitHub's terms", async () => {
    const seen = stubSettings({ [`PATCH ${settingsPath}`]: () => ({ ...settings, version: "2" }) });
    renderInConsole(<SettingsPage />);
    const batches = await findSection("Batches");
    expect(within(batches).getByRole("note").textContent).toContain("GitHub's terms forbid");
    fireEvent.click(within(batches).getByLabelText("Run batches on quota that would be lost"));
    fireEvent.change(within(batches).getByLabelText("At once in the pool"), { target: { value: "0" } });
    fireEvent.click(within(batches).getByRole("button", { name: "Save" }));
    expect(within(batches).getByText("A whole number from 1 to 64.")).toBeDefined();
    expect(seen.some(({ method }) => method === "PATCH")).toBe(false);
    fireEvent.change(within(batches).getByLabelText("At once in the pool"), { target: { value: "4" } });
    for (const hour of ["09", "08"]) fireEvent.click(within(batches).getByRole("button", { name: `${hour}:00 UTC` }));
    fireEvent.click(within(batches).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(seen.find(({ method }) => method === "PATCH")?.body).toEqual({
        batches: { enabled: true, max_in_pool: 4, max_per_token: 1, quiet_hours: [8, 9] },
      }),
    );
  });

  it("changes at once what viewers and holders of keys see, and takes it back", async () => {
    const seen = stubSettings({ [`PATCH ${settingsPath}`]: () => ({ ...settings, version: "2" }) });
    renderInConsole(<SettingsPage />);
    const access = await findSection("Access");
    const viewers = within(access).getByRole("switch", { name: "Viewers see prompts and answers" });
    expect(viewers.getAttribute("aria-checked")).toBe("true");
    fireEvent.click(within(access).getByRole("switch", { name: "Holders of keys see their sessions" }));
    expect(await screen.findByText("Holders of keys see their sessions.")).toBeDefined();
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(seen.filter(({ method }) => method === "PATCH")).toHaveLength(2));
    const sent = seen.filter(({ method }) => method === "PATCH");
    expect(sent.map(({ body, headers }) => [body, headers["if-match"]])).toEqual([
      [{ holders_see_sessions: true }, '"1"'],
      [{ holders_see_sessions: false }, '"2"'],
    ]);
  });

  it("says what recordings take, and what they come to for as long as is typed", async () => {
    stubSettings({
      "GET /api/status": () => ({
        version: "1.2.3",
        started_at: "2026-11-20T00:00:00Z",
        public_url: null,
        store: { kind: "embedded", healthy: true, reason: null, lag_ms: 0, bytes: 1, recording_bytes: 9_000_000 },
      }),
      "GET /api/stats": ({ path: asked }) => ({
        totals: createStatsRow({ requests: asked.includes("group_by=day") ? 70 : 900 }),
        rows: [],
      }),
    });
    renderInConsole(<SettingsPage />);
    const recording = await findSection("Recording");
    expect(
      await within(recording).findByText(/Recordings take 9 MB now\. At .* about 9 MB in 90 days\./u),
    ).toBeDefined();
    fireEvent.change(within(recording).getByLabelText("Days to keep recordings"), { target: { value: "10" } });
    expect(await within(recording).findByText(/about 1 MB in 10 days/u)).toBeDefined();
  });
});
