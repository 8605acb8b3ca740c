import type { QuotaForecastView } from "@copilot-llm/gateway/admin-api";
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import {
  createKey,
  createRequestFacts,
  createStatsRow,
  createToken,
  loggedIn,
  loggedInAsViewer,
} from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { OverviewPage } from "./overview-page";

const used = { last_used_at: "2026-11-22T11:00:00Z" };

const noForecast: QuotaForecastView = {
  computed_at: "2026-11-22T11:59:00Z",
  routing_strategy: "round_robin",
  entities: [],
  pool: [],
};

const outlook = {
  unit: "premium_requests" as const,
  entitlement: 300,
  used: 60,
  remaining: 240,
  unlimited: false,
  reset_at: "2026-12-01T00:00:00Z",
  pace: null,
  projected_used_at_reset: { expected: 150, p10: 120, p90: 180 },
  projected_waste: { expected: 150, p10: 120, p90: 180 },
  runs_out_at: null,
  used_here: 40,
  used_elsewhere: 20,
};

interface Pool {
  tokens?: readonly ReturnType<typeof createToken>[];
  keys?: readonly ReturnType<typeof createKey>[];
  users?: readonly { id: string; created_at: string }[];
  status?: object;
  rows?: readonly ReturnType<typeof createStatsRow>[];
  requests?: readonly ReturnType<typeof createRequestFacts>[];
  forecast?: Partial<QuotaForecastView>;
}

function stubPool({ tokens = [], keys = [], users = [], status, rows = [], requests = [], forecast = {} }: Pool) {
  const [totals = createStatsRow()] = rows;
  return stubGateway({
    "GET /api/admin/github-tokens": () => ({ tokens, total: tokens.length, active: tokens.length }),
    "GET /api/admin/api-keys": () => ({ keys }),
    "GET /api/admin/users": () => ({ users }),
    "GET /api/models": () => ({ models: [] }),
    "GET /api/status": () => status ?? new Response(null, { status: 404 }),
    "GET /api/requests": () => ({ requests }),
    "GET /api/sessions/filter-options": () => ({ models: [], keys: [], tokens: [] }),
    "GET /api/quota/forecast": () => ({ ...noForecast, ...forecast }),
    "GET /api/stats": () => ({ totals, rows }),
  });
}

/** A browser's window of so many pixels. */
function stubWidth(width: number): void {
  vi.stubGlobal("matchMedia", (query: string) => {
    const [, comparison, rem] = /width (<|>=) (\d+)rem/u.exec(query) ?? [];
    const limit = Number(rem) * 16;
    const matches = comparison === "<" ? width < limit : comparison === ">=" && width >= limit;
    return Object.assign(new EventTarget(), { matches });
  });
}

describe("OverviewPage", () => {
  it.each([
    ["Add a token", []],
    ["Create a key", [createToken()]],
  ])("leads an admin to the next step, %s, and tells a viewer that an admin has to", async (action, tokens) => {
    stubPool({ tokens });
    const { unmount } = renderInConsole(<OverviewPage />, { status: loggedIn });
    expect(await screen.findByRole("link", { name: action })).toBeDefined();
    unmount();
    renderInConsole(<OverviewPage />, { status: loggedInAsViewer });
    expect(await screen.findByText("An admin has to do this.")).toBeDefined();
    expect(screen.queryByRole("link", { name: action })).toBeNull();
  });

  it.each([
    ["en", /Add a GitHub token.*took 42 sec/u, /Create a key.*took 8 sec/u],
    ["zh-CN", /用时 42秒/u, /用时 8秒/u],
  ] as const)("says what each first step took (%s)", async (locale, tokenTitle, keyTitle) => {
    stubPool({
      users: [{ id: "user-1", created_at: "2026-11-22T11:00:00Z" }],
      tokens: [createToken({ created_at: "2026-11-22T11:00:42Z" })],
      keys: [createKey({ created_at: "2026-11-22T11:00:50Z", last_used_at: null })],
    });
    renderInConsole(<OverviewPage />, { locale });
    expect(await screen.findByRole("heading", { name: tokenTitle })).toBeDefined();
    expect(screen.getByRole("heading", { name: keyTitle })).toBeDefined();
  });

  it("counts four steps, and shows the request beside how a client is connected", async () => {
    localStorage.clear();
    const pool = {
      tokens: [createToken({ created_at: "2026-11-22T11:00:42Z" })],
      keys: [createKey({ created_at: "2026-11-22T11:00:50Z", last_used_at: null })],
    };
    stubPool(pool);
    const { unmount } = renderInConsole(<OverviewPage />);
    expect(await screen.findByText("2 of 4 done")).toBeDefined();
    const link = screen.getByRole("link", { name: "Connect a client" });
    expect(link.getAttribute("href")).toMatch(/^\/connect\/?\?key=/u);
    expect(screen.getByRole("button", { name: "Send a test request" })).toBeDefined();
    unmount();
    localStorage.setItem("console.connected-at", "2026-11-22T10:00:00Z");
    const { unmount: leave } = renderInConsole(<OverviewPage />);
    expect(await screen.findByText("2 of 4 done")).toBeDefined();
    leave();
    localStorage.setItem("console.connected-at", "2026-11-22T11:01:05Z");
    renderInConsole(<OverviewPage />);
    expect(await screen.findByText("3 of 4 done")).toBeDefined();
    expect(screen.getByRole("heading", { name: /Connect a client.*took 15 sec/u })).toBeDefined();
    expect(screen.queryByRole("link", { name: "Connect a client" })).toBeNull();
    localStorage.clear();
  });

  it("lets a viewer look why no token is active", async () => {
    stubPool({ tokens: [createToken({ status: "auth_failed" })] });
    renderInConsole(<OverviewPage />, { status: loggedInAsViewer });
    expect(await screen.findByRole("link", { name: "Look at the tokens" })).toBeDefined();
  });

  it("drops the first steps once a key was served", async () => {
    stubPool({ tokens: [createToken({ total_requests: 1 })], keys: [createKey(used)] });
    renderInConsole(<OverviewPage />);
    expect(await screen.findByText("Latest requests")).toBeDefined();
    expect(screen.queryByText("First steps")).toBeNull();
    expect(screen.queryByText("Ready to use")).toBeNull();
  });

  it.each([
    ["en", /another one replaces it/u],
    ["zh-CN", /选另一个会替换它/u],
  ] as const)("is of the filter's requests alone, and says so (%s)", async (locale, hint) => {
    const seen = stubPool({ tokens: [createToken()], keys: [createKey(used)], rows: [createStatsRow({ group: "m" })] });
    renderInConsole(<OverviewPage />, { locale, search: "token=token-1" });
    expect(await screen.findByTitle(hint)).toBeDefined();
    const link = await screen.findAllByRole("link", { name: "m" });
    expect(link[0]?.getAttribute("href")).toMatch(/^\/sessions\/?\?model=m&range=24h&token=token-1$/u);
    const asked = seen.filter(({ path }) => /^\/api\/(stats|requests)\?/u.test(path));
    expect(asked.length).toBeGreaterThan(4);
    for (const { path } of asked) {
      expect(path).toContain("token=token-1");
      expect(path).not.toContain("split_by");
    }
  });

  it.each([
    [1_440, true],
    [1_279, false],
  ])("has its filter in the top bar where there is room for it (%d px)", async (width, isInBar) => {
    stubWidth(width);
    stubPool({ tokens: [createToken()], keys: [createKey(used)] });
    renderInConsole(<OverviewPage />, { search: "token=token-1" });
    const chip = await screen.findByTitle(/another one replaces it/u);
    const filters = screen.getAllByRole("button", { name: "Filter" });
    expect(filters.map((filter) => filter.closest("header") !== null)).toEqual([isInBar]);
    expect(screen.getAllByText("Clear")).toHaveLength(1);
    expect(chip.closest("header") !== null).toBe(isInBar);
  });

  it.each([
    ["en", "Errors by code", "Errors"],
    ["zh-CN", "按代码统计的错误", "错误"],
  ] as const)(
    "shows failures in red where a filter leaves them without their codes (%s)",
    async (locale, title, series) => {
      stubPool({
        tokens: [createToken()],
        keys: [createKey(used)],
        rows: [createStatsRow({ group: "2026-11-22T09:00:00.000Z", requests: 3, errors: 2 })],
      });
      renderInConsole(<OverviewPage />, { locale, search: "token=token-1" });
      const card = await screen.findByRole("region", { name: title });
      const legend = within(card).getByRole("button", { name: series });
      expect(legend.querySelector(".bg-danger")).not.toBeNull();
    },
  );

  it.each([
    ["en", "Latest requests", "Top models", "Errors by code", "Try again", "No request yet."],
    ["zh-CN", "最近请求", "模型排行", "按代码统计的错误", "重试", "还没有请求。"],
  ] as const)(
    "takes what is on its way or could not be had for neither nothing nor none (%s)",
    async (locale, latest, models, errors, retry, none) => {
      let hasFailed = false;
      const tokens = [createToken({ total_requests: 1 })];
      const whileDown = (answer: unknown) => (hasFailed ? answer : createErrorResponse(500, "internal", "Down."));
      stubGateway({
        "GET /api/admin/github-tokens": () => ({ tokens, total: 1, active: 1 }),
        "GET /api/admin/api-keys": () => ({ keys: [createKey(used)] }),
        "GET /api/models": () => ({ models: [] }),
        "GET /api/status": () => new Response(null, { status: 404 }),
        "GET /api/requests": () => whileDown({ requests: [] }),
        "GET /api/sessions/filter-options": () => ({ models: [], keys: [], tokens: [] }),
        "GET /api/quota/forecast": () => noForecast,
        "GET /api/stats": ({ path }) => {
          const stats = { totals: createStatsRow(), rows: [] };
          if (path.includes("group_by=token")) return new Promise(() => undefined);
          return path.includes("group_by=model") || path.includes("split_by") ? whileDown(stats) : stats;
        },
      });
      renderInConsole(<OverviewPage />, { locale });
      for (const name of [latest, models, errors]) {
        const card = await screen.findByRole("region", { name });
        expect(await within(card).findByRole("button", { name: retry })).toBeDefined();
        expect(card.textContent).not.toMatch(/No request|没有请求/u);
      }
      const waiting = screen.getByRole("region", { name: locale === "en" ? "Top tokens" : "令牌排行" });
      expect(within(waiting).getByRole("status")).toBeDefined();
      hasFailed = true;
      const card = screen.getByRole("region", { name: latest });
      fireEvent.click(within(card).getByRole("button", { name: retry }));
      expect(await within(card).findByText(none)).toBeDefined();
    },
  );

  it.each([
    ["a table on a desk", 1_440, "table"],
    ["cards on a phone", 390, "list"],
  ] as const)("lists the latest requests as %s, with their models", async (_as, width, role) => {
    stubWidth(width);
    stubPool({ tokens: [createToken()], keys: [createKey(used)], requests: [createRequestFacts()] });
    renderInConsole(<OverviewPage />);
    const list = await screen.findByRole(role, { name: "Latest requests" });
    for (const text of [/gpt-5-mini/u, /CI/u, /Completed/u]) expect(list.textContent).toMatch(text);
    expect(within(list).getByRole("link").getAttribute("href")).toMatch(/^\/sessions\/?\?tab=requests&request=r1$/u);
  });

  it("never adds up premium requests and credits", async () => {
    const quota = { premium_quota_used: 0, premium_quota_reset: "2026-12-01T00:00:00Z" };
    const tokens = [
      createToken({ ...quota, premium_quota_limit: 300 }),
      createToken({ ...quota, id: "token-2", alias: "Bob", premium_quota_limit: 1_900, unit: "credits" }),
    ];
    stubPool({ tokens, keys: [createKey(used)] });
    renderInConsole(<OverviewPage />);
    expect(await screen.findByText("300 of 300 premium requests will be unused")).toBeDefined();
    expect(screen.getByText("1,900 of 1,900 credits will be unused")).toBeDefined();
  });

  it.each([
    [100, "“In turn” loses 50 more than “Least waste” would."],
    [150, "“In turn” loses no more than “Least waste” would."],
  ])("foretells what is lost at the reset, against %s by least waste", async (leastWaste, text) => {
    stubPool({
      tokens: [createToken({ premium_quota_used: 60 }), createToken({ id: "token-2", premium_quota_used: 60 })],
      keys: [createKey(used)],
      forecast: {
        entities: [{ entity: "acme", name: "Acme", token_ids: ["token-1", "token-2"], ...outlook }],
        pool: [{ ...outlook, least_waste: leastWaste }],
      },
    });
    renderInConsole(<OverviewPage />);
    expect(await screen.findByText("150 of 300 premium requests will be unused")).toBeDefined();
    expect(screen.getByText("Most likely between 120 and 180")).toBeDefined();
    expect(screen.getByText(/9 days left/u)).toBeDefined();
    expect(screen.getByText("60 / 300 · 150 lost")).toBeDefined();
    expect(screen.getByText(text)).toBeDefined();
    expect(screen.getByRole("img", { name: "Acme: 60 of 300 used, 150 by the reset" })).toBeDefined();
  });

  it("names no span where the least and the most that is lost are the same", async () => {
    const projected_waste = { expected: 150, p10: 149.8, p90: 150.3 };
    stubPool({
      tokens: [createToken()],
      keys: [createKey(used)],
      forecast: {
        entities: [{ entity: "ada", name: "ada", token_ids: ["token-1"], ...outlook, projected_waste }],
        pool: [{ ...outlook, projected_waste, least_waste: 100 }],
      },
    });
    renderInConsole(<OverviewPage />);
    expect(await screen.findByText(/“In turn” loses 50 more/u)).toBeDefined();
    expect(screen.queryByText(/Most likely/u)).toBeNull();
  });

  it("says how much of its limit a key has used and when that resets, and offers a viewer nothing to change", async () => {
    const alerts = [
      {
        id: "a",
        severity: "critical",
        code: "token_refused",
        subject: { kind: "token", id: "token-1", alias: "Ada" },
        values: {},
      },
      {
        id: "b",
        severity: "info",
        code: "key_near_limit",
        subject: { kind: "key", id: "key-1", alias: "ci" },
        values: { limit: "max_requests", used: 187, allowed: 199, resets_at: "2026-12-01T00:00:00.000Z" },
      },
    ];
    const tokens = { checking: 0, active: 0, cooling: 1, exhausted: 0, auth_failed: 1, disabled: 0 };
    const store = { kind: "embedded", healthy: true, reason: null, lag_ms: 200 };
    stubPool({
      tokens: [createToken({ status: "auth_failed" }), createToken({ id: "token-2", status: "cooling" })],
      keys: [createKey(used)],
      status: { serving: true, reason: null, version: "1", tokens, running: 0, waiting: 0, store, alerts },
    });
    renderInConsole(<OverviewPage />, { status: loggedInAsViewer, locale: "zh-CN" });
    const attention = await screen.findByRole("region", { name: "需要关注" });
    expect(attention.textContent).toContain("密钥 ci 接近限额 · 已用 187 / 199 · 12月1日重置");
    expect(
      within(attention)
        .getAllByRole("link")
        .map(({ textContent }) => textContent),
    ).toEqual(["打开令牌", "打开密钥"]);
    expect(screen.getByText("（1 个被拒绝，1 个冷却中）")).toBeDefined();
    expect(screen.getByText("，延迟 200毫秒")).toBeDefined();
  });

  it("compares nothing where the pool's forecast is of more than what is shown", async () => {
    stubPool({
      tokens: [createToken(), createToken({ id: "token-2", enabled: false })],
      keys: [createKey(used)],
      forecast: {
        entities: [
          { entity: "ada", name: "ada", token_ids: ["token-1"], ...outlook },
          { entity: "bob", name: "bob", token_ids: ["token-2"], ...outlook },
        ],
        pool: [
          { ...outlook, entitlement: 600, projected_waste: { expected: 300, p10: 240, p90: 360 }, least_waste: 200 },
        ],
      },
    });
    renderInConsole(<OverviewPage />);
    expect(await screen.findByText("150 of 300 premium requests will be unused")).toBeDefined();
    expect(screen.queryByText(/Most likely|Least waste/u)).toBeNull();
  });

  it("says what wants attention and puts it away for a day", async () => {
    const alerts = [
      {
        id: "a",
        severity: "critical",
        code: "token_refused",
        subject: { kind: "token", id: "token-1", alias: "Ada" },
        values: { reason: "Bad credentials" },
      },
    ];
    const tokens = { checking: 0, active: 0, cooling: 0, exhausted: 0, auth_failed: 1, disabled: 0 };
    const store = { kind: "embedded", healthy: true, reason: null, lag_ms: 0 };
    const status = { serving: false, reason: "No token", version: "1", tokens, running: 2, waiting: 1, store, alerts };
    stubPool({ tokens: [createToken({ status: "auth_failed", total_requests: 1 })], keys: [createKey(used)], status });
    renderInConsole(<OverviewPage />);
    const attention = await screen.findByRole("region", { name: "Attention" });
    expect(attention.textContent).toContain("GitHub refuses the token of Ada · Bad credentials");
    expect(within(attention).getByRole("link", { name: "Replace token…" }).getAttribute("href")).toBe(
      "/tokens?id=token-1",
    );
    expect(screen.getByText(/2 requests running/u)).toBeDefined();
    within(attention).getByRole("button", { name: "Put away for a day" }).click();
    expect(await screen.findByText("Not serving")).toBeDefined();
    expect(screen.queryByRole("region", { name: "Attention" })).toBeNull();
    localStorage.clear();
  });

  it("leads to what failed, and to a client that may have lost its way", async () => {
    const alerts = [
      {
        id: "error_rate_high",
        severity: "warning",
        code: "error_rate_high",
        subject: null,
        values: { requests: 120, errors: 30, rate: 0.25, week_rate: 0.021 },
      },
      {
        id: "nothing_recorded",
        severity: "warning",
        code: "nothing_recorded",
        subject: null,
        values: { since: "2026-01-02T10:00:00.000Z" },
      },
    ];
    const tokens = { checking: 0, active: 1, cooling: 0, exhausted: 0, auth_failed: 0, disabled: 0 };
    const store = { kind: "embedded", healthy: true, reason: null, lag_ms: 0 };
    const status = { serving: true, reason: null, version: "1", tokens, running: 0, waiting: 0, store, alerts };
    stubPool({ tokens: [createToken()], keys: [createKey(used)], status });
    renderInConsole(<OverviewPage />);
    const attention = await screen.findByRole("region", { name: "Attention" });
    expect(attention.textContent).toContain("25% of 120 requests, 2.1% in the week before");
    expect(attention.textContent).toMatch(/requests every day · since Jan 2/u);
    const hrefs = within(attention)
      .getAllByRole("link")
      .map((link) => link.getAttribute("href"));
    expect(hrefs).toEqual([
      expect.stringMatching(/^\/sessions\/?\?tab=requests&status=failed&range=24h$/u),
      expect.stringMatching(/^\/connect\/?$/u),
    ]);
  });
});
