import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createKey, createModel, createRequestFacts, createStatsRow } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { MyPage } from "./my-page";

const secret = "clp_0123456789abcdefghijABCDEFGHIJ0123456789";

function openWith(typed: string) {
  renderInConsole(<MyPage />, { status: null });
  fireEvent.change(screen.getByLabelText("Your key"), { target: { value: typed } });
  fireEvent.click(screen.getByRole("button", { name: "Show my usage" }));
}

const unused = {
  "GET /api/me/usage": () => ({ totals: createStatsRow(), days: [], models: [] }),
};

const signedOut = { setup_required: false, authenticated: false, public_url: null };

describe("MyPage", () => {
  it("shows a key's holder what is left of its limits, and the settings of a client with the key in them", async () => {
    const key = createKey({ alias: "laptop", max_requests: 10, current_requests: 4, rpm: 60 });
    const seen = stubGateway({
      ...unused,
      "GET /api/auth/status": () => signedOut,
      "GET /api/me": () => key,
      "GET /openai/v1/models": () => ({
        data: [createModel({ id: "claude-sonnet-4.6", supported_endpoints: ["/v1/messages"] })],
      }),
    });
    openWith(` ${secret} `);
    expect(await screen.findByRole("heading", { name: "laptop" })).toBeDefined();
    expect(screen.getByRole("meter", { name: "4 of 10 requests" })).toBeDefined();
    expect(screen.getByText(/60 requests\/min/u)).toBeDefined();
    expect(await screen.findByText(new RegExp(`"ANTHROPIC_AUTH_TOKEN": "${secret}"`, "u"))).toBeDefined();
    const asked = seen.filter(({ path }) => path === "/api/me");
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${secret}`]);
    fireEvent.click(screen.getByRole("button", { name: "Forget the key" }));
    expect(screen.getByLabelText<HTMLInputElement>("Your key").value).toBe("");
  });

  it("shows what the key used, and its conversations where they are told", async () => {
    const day = (group: string, requests: number) => createStatsRow({ group, requests });
    const session = {
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
      protocol: "openai-chat",
      status: "failed",
      error_code: "timeout",
      client: null,
      initiator: "user",
      duration_ms: 60_000,
    };
    const turn = {
      request: createRequestFacts(),
      is_recorded: true,
      system: null,
      tools: null,
      messages: [{ role: "user", parts: [{ type: "text", text: "Why did it fail?" }] }],
      answer: [{ type: "text", text: "It timed out." }],
    };
    const seen = stubGateway({
      "GET /api/auth/status": () => signedOut,
      "GET /api/me": () => ({ ...createKey({ alias: "laptop" }), budgets: [], sees_sessions: true }),
      "GET /openai/v1/models": () => ({ data: [] }),
      "GET /api/me/usage": () => ({
        totals: day("", 7),
        days: [day("2026-11-21", 3), day("2026-11-22", 4)],
        models: [createStatsRow({ group: "gpt-5-mini", label: "gpt-5-mini", requests: 7 })],
      }),
      "GET /api/me/sessions": () => ({ sessions: [session], next_cursor: null }),
      "GET /api/me/sessions/s1/turns": () => ({ turns: [turn], next_cursor: null }),
    });
    openWith(secret);
    const usage = await screen.findByRole("region", { name: "The last 2 days" });
    expect(within(usage).getByRole("row", { name: /gpt-5-mini 7/u })).toBeDefined();
    expect(within(usage).getByRole("img", { name: "Requests by day, 2 days" })).toBeDefined();
    const sessions = await screen.findByRole("region", { name: "Sessions" });
    expect(within(sessions).getByText("Why did it fail?")).toBeDefined();
    expect(sessions.textContent).toContain("2 requests, 10 → 5 tokens");
    fireEvent.click(within(sessions).getByRole("button", { name: "Why did it fail?" }));
    const dialog = await screen.findByRole("dialog", { name: "Why did it fail?" });
    expect(await within(dialog).findByText("It timed out.")).toBeDefined();
    expect(within(dialog).getByText("Why did it fail?", { selector: "article *" })).toBeDefined();
    const asked = seen.filter(({ path }) => /usage|sessions/u.test(path));
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(`Bearer ${secret}`));
  });

  it("lets whoever brought a seat take it out of the pool, once asked", async () => {
    const seen = stubGateway({
      ...unused,
      "GET /api/auth/status": () => signedOut,
      "GET /api/me": () => createKey({ alias: "laptop", seat_token_id: "tok_1" }),
      "GET /openai/v1/models": () => ({ data: [] }),
      "DELETE /api/me/seat": () => new Response(null, { status: 204 }),
    });
    openWith(secret);
    fireEvent.click(await screen.findByRole("button", { name: "Leave the pool" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(seen.some(({ method }) => method === "DELETE")).toBe(false);
    fireEvent.click(within(dialog).getByRole("button", { name: "Leave the pool" }));
    expect(await screen.findByLabelText("Your key")).toBeDefined();
    const left = seen.filter(({ method }) => method === "DELETE");
    expect(left.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/api/me/seat", `Bearer ${secret}`],
    ]);
  });

  it("sends nothing that is no key, and says what the gateway refused", async () => {
    const seen = stubGateway({
      "GET /api/me": () => createErrorResponse(401, "unauthenticated", "Send a managed API key."),
      "GET /openai/v1/models": () => ({ data: [] }),
    });
    openWith("sk-other");
    expect(await screen.findByText("A key begins with clp_ and has 44 characters.")).toBeDefined();
    expect(seen).toEqual([]);
    fireEvent.change(screen.getByLabelText("Your key"), { target: { value: secret } });
    fireEvent.click(screen.getByRole("button", { name: "Show my usage" }));
    expect(await screen.findByText("Send a managed API key.")).toBeDefined();
    expect(screen.queryByRole("heading", { name: "laptop" })).toBeNull();
  });
});
