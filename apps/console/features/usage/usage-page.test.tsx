import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { StatsLine } from "#lib/api/use-stats";
import { createErrorResponse, type FakeRoute, stubGateway } from "../../testing/fake-gateway";
import { createStatsRow } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { UsagePage } from "./usage-page";

const totals = createStatsRow({ requests: 30, errors: 3, nano_aiu: 2.5e9 });

function queryOf(path: string): URLSearchParams {
  return new URLSearchParams(path.split("?")[1]);
}

/** A gateway with rows by model, split by key where that is asked for. */
function stubStats(rows: readonly StatsLine[]) {
  const answer: FakeRoute = ({ path }) => {
    const query = queryOf(path);
    const isPlain = query.get("group_by") !== "model";
    const splits = query.has("split_by");
    return {
      totals,
      rows: isPlain ? [] : rows.map((row) => (splits ? { ...row, split: "key-1", split_label: "Laptop" } : row)),
    };
  };
  return stubGateway({
    "GET /api/stats": answer,
    "GET /api/sessions/filter-options": () => ({
      models: ["gpt-5-mini"],
      keys: [{ id: "key-1", label: "Laptop" }],
      tokens: [],
    }),
  });
}

const rows = [
  createStatsRow({ group: "gpt-5-mini", label: "gpt-5-mini", requests: 10 }),
  createStatsRow({ group: "claude-sonnet-4.6", label: "claude-sonnet-4.6", requests: 20, errors: 3, nano_aiu: 2.5e9 }),
];

async function readTable(): Promise<readonly string[]> {
  const table = await screen.findByRole("table", { name: "By model" });
  return within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.textContent ?? "");
}

describe("UsagePage", () => {
  it("ranks the groups by the metric, with the gateway's own sum below, and leads to their sessions", async () => {
    stubStats(rows);
    renderInConsole(<UsagePage />, { search: "metric=credits" });
    const [first, second, last] = await readTable();
    expect(first).toContain("claude-sonnet-4.6");
    expect(first).toContain("2.5");
    expect(second).toContain("gpt-5-mini");
    expect(last).toMatch(/^Total30/u);
    const link = screen.getByRole("link", { name: "gpt-5-mini" });
    expect(link.getAttribute("href")).toMatch(/^\/sessions\/?\?model=gpt-5-mini&range=7d$/u);
  });

  it("tells how fast tokens came, and asks for it only where rows are few or it is what is shown", async () => {
    const seen = stubStats(rows.map((row) => ({ ...row, output_tokens_per_second_p50: 71.4 })));
    const wants = () => seen.flatMap(({ path }) => (queryOf(path).get("include") === null ? [] : [path])).length;
    const { unmount } = renderInConsole(<UsagePage />, { search: "metric=outputRate" });
    expect((await readTable())[0]).toContain("71");
    expect(screen.getByRole("button", { name: /^Metric/u }).textContent).toContain("Tokens/s p50");
    await waitFor(() => expect(wants()).toBe(2));
    unmount();
    renderInConsole(<UsagePage />, { search: "group=hour" });
    await waitFor(() => expect(seen.some(({ path }) => path.includes("group_by=hour"))).toBe(true));
    expect(wants()).toBe(2);
  });

  it.each([
    ["en", "By day", "Day"],
    ["zh-CN", "按天", "日期"],
  ] as const)(
    "has the latest day on top, and sorts days as they followed each other (%s)",
    async (locale, title, header) => {
      const days = ["2026-11-20", "2026-11-22", "2026-11-21"].map((group, index) =>
        createStatsRow({ group, requests: [9, 1, 5][index] ?? 0 }),
      );
      stubGateway({ "GET /api/stats": () => ({ totals, rows: days }) });
      renderInConsole(<UsagePage />, { search: "group=day", locale });
      const table = await screen.findByRole("table", { name: title });
      const readRequests = () =>
        within(table)
          .getAllByRole("row")
          .slice(1, -1)
          .map((row) => within(row).getAllByRole("cell")[1]?.textContent);
      expect(readRequests()).toEqual(["1", "5", "9"]);
      fireEvent.click(within(table).getByRole("button", { name: header }));
      await waitFor(() => expect(readRequests()).toEqual(["9", "5", "1"]));
    },
  );

  it("says what could not be had of the chart and of the table, and asks again", async () => {
    let isDown = true;
    stubGateway({
      "GET /api/stats": ({ path }) => {
        if (isDown) return createErrorResponse(500, "internal", "Down.");
        return { totals, rows: queryOf(path).get("group_by") === "model" ? rows : [] };
      },
    });
    renderInConsole(<UsagePage />);
    const chart = await screen.findByRole("region", { name: "Requests" });
    const failure = await within(chart).findByRole("alert");
    expect(within(chart).queryByText(/No requests from/u)).toBeNull();
    isDown = false;
    fireEvent.click(within(failure).getByRole("button", { name: "Try again" }));
    expect(await within(chart).findByText(/No requests from/u)).toBeDefined();
    expect(within(chart).queryByRole("alert")).toBeNull();
  });

  it("tells the parts of each row where a second dimension is chosen", async () => {
    stubStats(rows);
    const { unmount } = renderInConsole(<UsagePage />);
    expect((await readTable())[0]).not.toContain("Laptop");
    unmount();
    renderInConsole(<UsagePage />, { search: "subgroup=key" });
    expect((await readTable())[0]).toContain("Laptop");
    expect(screen.getByRole("button", { name: /^And by/u })).toBeDefined();
  });

  it("asks for the requests of one filter alone, which another replaces, and never for more than is kept of them", async () => {
    const seen = stubStats(rows);
    renderInConsole(<UsagePage />, { search: "key=key-1&subgroup=token&group=team" });
    await readTable();
    expect(screen.getByTitle(/another one replaces it/u)).toBeDefined();
    const first = screen.getByRole("link", { name: "gpt-5-mini" });
    expect(first.getAttribute("href")).toMatch(/^\/sessions\/?\?model=gpt-5-mini&range=7d&key=key-1$/u);
    const asked = () => seen.filter(({ path }) => path.startsWith("/api/stats?")).map(({ path }) => queryOf(path));
    expect(asked().every((query) => query.get("key") === "key-1" && !query.has("split_by"))).toBe(true);
    expect(asked().map((query) => query.get("group_by"))).not.toContain("team");
    const before = asked().length;
    fireEvent.click(screen.getByRole("button", { name: "Filter" }));
    fireEvent.click(await screen.findByRole("option", { name: "Protocol" }));
    fireEvent.click(await screen.findByRole("option", { name: "Chat" }));
    await waitFor(() => expect(asked().length).toBeGreaterThan(before));
    expect(
      asked()
        .slice(before)
        .every((query) => query.get("protocol") === "openai-chat" && !query.has("key")),
    ).toBe(true);
  });

  it("tells the same in Chinese", async () => {
    stubStats(rows);
    renderInConsole(<UsagePage />, { search: "model=gpt-5-mini", locale: "zh-CN" });
    expect(await screen.findByTitle(/选另一个会替换它/u)).toBeDefined();
    expect(screen.getByRole("button", { name: /^模型\s*gpt-5-mini$/u })).toBeDefined();
  });

  it("says how much changed against the period before", async () => {
    const seen = stubGateway({
      "GET /api/stats": ({ path }) => {
        const isBefore = Date.parse(queryOf(path).get("to") ?? "") < Date.parse("2026-11-20T00:00:00Z");
        const row = createStatsRow({ group: "gpt-5-mini", label: "gpt-5-mini", requests: isBefore ? 10 : 15 });
        return { totals: row, rows: queryOf(path).get("group_by") === "model" ? [row] : [] };
      },
    });
    renderInConsole(<UsagePage />, { search: "compare=prev" });
    expect((await screen.findAllByText("+50%")).length).toBe(2);
    expect(seen.length).toBeGreaterThan(2);
  });

  it("shows the old answer as what it is of until the answer to another grouping is there", async () => {
    const answers: (() => void)[] = [];
    stubGateway({
      "GET /api/stats": async ({ path }) => {
        const query = queryOf(path);
        const [group, split] = [query.get("group_by"), query.get("split_by")];
        if (group === "hour" || group === "key") await new Promise<void>((resolve) => answers.push(resolve));
        if (group === "key")
          return { totals, rows: [createStatsRow({ group: "key-1", label: "Laptop", requests: 30 })] };
        if (split === null) return { totals, rows };
        const time = group === "hour" ? "2026-11-22T09:00:00.000Z" : "2026-11-22";
        return { totals, rows: rows.map((row) => ({ ...row, group: time, split: row.group, split_label: row.label })) };
      },
    });
    renderInConsole(<UsagePage />);
    fireEvent.click(await screen.findByRole("button", { name: "Show as a table" }));
    const readChart = () => {
      const chart = screen.getByRole("table", { name: "Requests" });
      return within(chart)
        .getAllByRole("row")
        .map((row) => row.textContent ?? "");
    };
    const choose = (of: string, name: string) =>
      fireEvent.click(within(screen.getByRole("group", { name: of })).getByRole("button", { name }));
    const byDay = readChart();
    expect(byDay).toHaveLength(1 + 7);
    expect(byDay.at(-1)).toMatch(/2010$/u);
    choose("Bar per", "Hour");
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(readChart()).toEqual(byDay);
    answers[0]?.();
    await waitFor(() => expect(readChart().length).toBeGreaterThan(1 + 6 * 24));
    expect(readChart().filter((row) => row.endsWith("2010"))).toHaveLength(1);

    choose("By", "Key");
    await waitFor(() => expect(answers.length).toBeGreaterThan(1));
    expect((await readTable())[0]).toContain("claude-sonnet-4.6");
    expect(screen.getByRole("link", { name: "gpt-5-mini" }).getAttribute("href")).toContain("model=gpt-5-mini");
    for (const answer of answers.slice(1)) answer();
    expect((await screen.findByRole("link", { name: "Laptop" })).getAttribute("href")).toContain("key=key-1");
    expect(screen.queryByRole("table", { name: "By model" })).toBeNull();
  });

  it("tells of each payer's quota what will be lost, and of the cycles that ended what was used where", async () => {
    const entity = {
      entity: "org",
      name: "Acme",
      token_ids: ["tok_1", "tok_2"],
      unit: "credits",
      reset_at: "2026-12-01T00:00:00.000Z",
      entitlement: 3_800,
      used: 1_200,
      used_here: 1_050,
      used_elsewhere: 150,
      remaining: 2_600,
      unlimited: false,
      pace: null,
      projected_used_at_reset: { expected: 2_800, p10: 2_500, p90: 3_100 },
      projected_waste: { expected: 1_000, p10: 700, p90: 1_300 },
      runs_out_at: null,
    };
    const cycle = {
      entity: "org",
      name: "Acme",
      unit: "credits",
      reset_at: "2026-11-01T00:00:00.000Z",
      seen_from: "2026-10-01T00:00:00.000Z",
      entitlement: 3_800,
      used: 1_900,
      used_here: 1_500,
      used_elsewhere: 400,
      lost: 1_900,
    };
    stubGateway({
      "GET /api/stats": () => ({ totals, rows: [] }),
      "GET /api/quota/forecast": () => ({
        computed_at: "2026-11-22T11:59:00.000Z",
        routing_strategy: "least_waste",
        entities: [entity],
        pool: [],
      }),
      "GET /api/quota/cycles": () => ({ cycles: [cycle] }),
    });
    renderInConsole(<UsagePage />, { search: "view=cycles" });
    const running = await screen.findByRole("table", { name: "Running cycles" });
    expect(within(running).getAllByRole("row")[1]?.textContent).toBe(
      "Acme2 tokensAI credits3,8001,0501501,000 (26%)not before resetDec 1",
    );
    expect(within(running).getByTitle("2,600 left").textContent).toBe("3,800");
    const closed = await screen.findByRole("table", { name: "Cycles that have ended" });
    expect(within(closed).getAllByRole("row")[1]?.textContent).toBe("AcmeNov 1AI credits3,8001,5004001,900 (50%)");
  });
});
