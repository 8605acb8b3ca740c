import type { SessionView } from "@copilot-llm/gateway/admin-api";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { createStatsRow, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { SessionsPage } from "./sessions-page";

const session: SessionView = {
  id: "s1",
  title: "Why did it fail?",
  first_at: "2026-11-22T11:00:00Z",
  last_at: "2026-11-22T11:01:00Z",
  requests: 2,
  errors: 1,
  input_tokens: 10,
  output_tokens: 5,
  premium_units: 0,
  nano_aiu: 0,
  models: ["gpt-5-mini"],
  token_aliases: [],
  key_id: "key-1",
  key_alias: "CI",
  protocol: "openai-chat",
  status: "failed",
  error_code: "upstream_rate_limited",
  client: "claude-cli/2.1.170 (external, cli)",
  initiator: "user",
  duration_ms: 60_000,
};

it("finds what was slow and dear, by values from the address", async () => {
  const seen = stubGateway({
    "GET /api/sessions": () => ({ sessions: [session], next_cursor: null, searched_to: null }),
    "GET /api/sessions/filter-options": () => ({ models: [], keys: [], tokens: [] }),
    "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
  });
  renderInConsole(<SessionsPage />, { search: "min_ms=45000&min_credits=0.25" });
  await screen.findByRole("row", { name: /Why did it fail/u });
  expect(screen.getByTitle("45 sec")).toBeDefined();
  expect(screen.getByTitle("0.25 credits")).toBeDefined();
  const asked = seen.find(({ path }) => path.startsWith("/api/sessions?"))?.path ?? "";
  const query = new URL(asked, "http://gateway").searchParams;
  expect([query.get("min_ms"), query.get("min_credits")]).toEqual(["45000", "0.25"]);
});

it("finds conversations by error code and client, and says why each failed", async () => {
  const seen = stubGateway({
    "GET /api/sessions": () => ({ sessions: [session], next_cursor: null, searched_to: null }),
    "GET /api/sessions/filter-options": () => ({ models: [], keys: [], tokens: [] }),
    "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
  });
  renderInConsole(<SessionsPage />, { search: "code=upstream_rate_limited&client=claude-cli" });
  const row = await screen.findByRole("row", { name: /Why did it fail/u });
  expect(row.textContent).toContain("upstream_rate_limited");
  expect(screen.getByText("Claude Code")).toBeDefined();
  expect(within(row).queryByText("1 error")).toBeNull();
  const asked = seen.find(({ path }) => path.startsWith("/api/sessions?"))?.path ?? "";
  const query = new URL(asked, "http://gateway").searchParams;
  expect([query.get("code"), query.get("client")]).toEqual(["upstream_rate_limited", "claude-cli"]);
});

function stubSessions(routes: Parameters<typeof stubGateway>[0] = {}) {
  const sessions = ["s1", "s2", "s3"].map((id) => ({ ...session, id, title: `Title of ${id}` }));
  const detail = (id: string) => ({ ...session, id, title: `Title of ${id}`, token_aliases: ["Ada"], records: [] });
  return stubGateway({
    "GET /api/sessions": () => ({ sessions, next_cursor: null, searched_to: null }),
    "GET /api/sessions/filter-options": () => ({ models: [], keys: [], tokens: [] }),
    "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
    ...Object.fromEntries(sessions.map(({ id }) => [`GET /api/sessions/${id}`, () => detail(id)])),
    ...routes,
  });
}

it("walks from the open conversation to the next and the previous of the list", async () => {
  stubSessions();
  renderInConsole(<SessionsPage />, { search: "id=s2&view=facts" });
  fireEvent.click(await screen.findByRole("button", { name: "Next" }));
  expect(await screen.findByRole("complementary", { name: "Session Title of s3" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Next" }).getAttribute("aria-disabled")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: "Previous" }));
  expect(await screen.findByRole("complementary", { name: "Session Title of s2" })).toBeDefined();
});

it("saves the chosen conversations as one file, with one line of names", async () => {
  const seen = stubSessions({
    "GET /api/sessions/export": ({ path }) =>
      new Response(`id,model\n${new URL(path, "http://gateway").searchParams.get("session")},gpt\n`),
  });
  const saved: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${saved.push(blob)}` }));
  renderInConsole(<SessionsPage />);
  fireEvent.click(await screen.findByRole("checkbox", { name: "Select Title of s1" }));
  fireEvent.click(screen.getByRole("checkbox", { name: "Select Title of s3" }));
  fireEvent.click(screen.getByRole("button", { name: "Export as CSV" }));
  expect(await screen.findByText("2 conversations saved.")).toBeDefined();
  expect(await saved[0]?.text()).toBe("id,model\ns1,gpt\ns3,gpt\n");
  expect(seen.filter(({ path }) => path.startsWith("/api/sessions/export")).map(({ path }) => path)).toEqual([
    "/api/sessions/export?session=s1&format=csv",
    "/api/sessions/export?session=s3&format=csv",
  ]);
});

it.each([
  ["protocol=openai-chat&status=failed", "protocol=openai-chat", null],
  ["code=timeout&q=why", "", "Bars show all requests; not narrowed by Error code and Text."],
  ["key=key-1&model=gpt-5-mini", "key=key-1", "Bars are not narrowed by Model."],
])("narrows the bars as far as statistics go, and says what they do not follow: %s", async (search, asked, text) => {
  const seen = stubSessions();
  renderInConsole(<SessionsPage />, { search });
  await screen.findByRole("row", { name: /Title of s1/u });
  expect(screen.queryByText(/^Bars/u)?.textContent ?? null).toBe(text);
  const queries = seen.filter(({ path }) => path.startsWith("/api/stats")).map(({ path }) => path);
  expect(queries.length).toBeGreaterThan(0);
  expect(queries.every((query) => query.includes(asked))).toBe(true);
});

async function chooseOfDetail(item: string) {
  const detail = await screen.findByRole("complementary", { name: "Session Title of s2" });
  fireEvent.click(await within(detail).findByRole("button", { name: "Actions" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
}

it("exports the open conversation, and copies its address", async () => {
  const seen = stubSessions({ "GET /api/sessions/export": () => new Response("id,model\ns2,gpt\n") });
  const copied: string[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:1" }));
  vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  renderInConsole(<SessionsPage />, { search: "id=s2&view=facts" });
  await chooseOfDetail("Export as CSV");
  await screen.findByText("1 conversation saved.");
  expect(seen.some(({ path }) => path === "/api/sessions/export?session=s2&format=csv")).toBe(true);
  await chooseOfDetail("Copy link");
  await screen.findByText("The link was copied.");
  expect(copied).toEqual([`${window.location.origin}/sessions/?id=s2&full=1`]);
});

it("deletes the open conversation with a way back", async () => {
  const seen = stubSessions();
  renderInConsole(<SessionsPage />, { search: "id=s2&view=facts" });
  await chooseOfDetail("Delete session");
  await screen.findByText("1 session is deleted.");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(screen.queryByRole("row", { name: /Title of s2/u })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByRole("row", { name: /Title of s2/u });
  expect(seen.filter(({ method }) => method === "POST")).toEqual([]);
});

it("leaves deleting to admins", async () => {
  stubSessions();
  renderInConsole(<SessionsPage />, { search: "id=s2&view=facts", status: loggedInAsViewer });
  const detail = await screen.findByRole("complementary", { name: "Session Title of s2" });
  fireEvent.click(await within(detail).findByRole("button", { name: "Actions" }));
  await waitFor(() => expect(screen.getAllByRole("menuitem")).toHaveLength(3));
});
