import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createKey, createModel, createStatsRow, createToken, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { AddedTokens } from "./added-tokens";
import { TokensPage } from "./tokens-page";

const tokensPath = "/api/admin/github-tokens";

function stubTokens(tokens: ReturnType<typeof createToken>[], routes: Parameters<typeof stubGateway>[0] = {}) {
  return stubGateway({
    [`GET ${tokensPath}`]: () => ({ tokens, total: tokens.length, active: tokens.length }),
    [`GET ${tokensPath}/quotas`]: () => ({ quotas: [] }),
    "GET /api/admin/invites": () => ({ invites: [] }),
    "GET /api/admin/settings": () => ({ start_settings: { device_flow: false } }),
    "GET /api/admin/api-keys": () => ({ keys: [] }),
    "GET /api/models": () => ({ models: [] }),
    ...routes,
  });
}

async function openMenu(name: string, item: string) {
  fireEvent.click(await screen.findByRole("button", { name }));
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
}

describe("TokensPage", () => {
  it("leads from the empty list to adding a token, with the responsible-use text", async () => {
    stubTokens([]);
    renderInConsole(<TokensPage />);
    expect(await screen.findByText("No tokens yet")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Add token" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Each token must be its holder's own, added with their consent");
    expect(dialog.textContent).toContain("GitHub may treat several accounts behind one service as a breach");
  });

  it.each([
    ["en", "Raw state"],
    ["zh-CN", "原始状态"],
  ] as const)(
    "shows in a token's details all that the gateway tells of it, with its quotas (%s)",
    async (locale, title) => {
      const quota = { bucket: "weekly", entitlement: 300, used: 12, unlimited: false, reset_at: null };
      const seenAt = { seen_at: "2026-11-22T11:00:00Z", overage_permitted: false, overage_count: 0 };
      stubTokens([createToken({ cooling_until: "2026-11-22T13:00:00Z" })], {
        [`GET ${tokensPath}/quotas`]: () => ({ quotas: [{ id: "token-1", quotas: [{ ...quota, ...seenAt }] }] }),
        "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
        "GET /api/quota/forecast": () => ({ entities: [], pool: [] }),
      });
      renderInConsole(<TokensPage />, { locale, search: "id=token-1" });
      const raw = await screen.findByRole("region", { name: title });
      await waitFor(() => expect(raw.textContent).toContain("weekly"));
      expect(raw.textContent).toContain("2026-11-22T13:00:00Z");
    },
  );

  it.each([
    ["en", "All of them: the token is refused"],
    ["zh-CN", "全部：令牌被拒绝"],
  ] as const)("says once why a token has none of the models (%s)", async (locale, text) => {
    const lacking_tokens = [{ id: "token-1", alias: "Ada", reason: "auth_failed" as const }];
    const models = ["a", "b"].map((id) => createModel({ id, tokens: [], lacking_tokens }));
    stubTokens([createToken({ status: "auth_failed" })], {
      "GET /api/models": () => ({ models }),
      [`GET ${tokensPath}/quotas`]: () => ({ quotas: [] }),
      "GET /api/stats": () => ({ totals: createStatsRow(), rows: [] }),
      "GET /api/quota/forecast": () => ({ entities: [], pool: [] }),
    });
    renderInConsole(<TokensPage />, { locale, search: "id=token-1" });
    expect(await screen.findByText(text)).toBeDefined();
    expect(screen.queryByText("a")).toBeNull();
  });

  async function paste(alias: string, token: string) {
    fireEvent.click(await screen.findByRole("button", { name: "Add token" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.change(within(dialog).getByLabelText("Alias"), { target: { value: alias } });
    fireEvent.change(within(dialog).getByLabelText("GitHub token"), { target: { value: token } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Add token" }));
    return dialog;
  }

  it("adds a pasted token, says in the dialog why it cannot serve, and lets it be mended there", async () => {
    const tokens = [createToken()];
    const refused = { id: "token-2", alias: "Bob", status: "auth_failed", error_message: "Bad credentials" } as const;
    const seen = stubTokens(tokens, {
      [`POST ${tokensPath}`]: () => {
        tokens.push(createToken(refused));
        return createToken(refused);
      },
      [`PATCH ${tokensPath}/token-2`]: () => {
        tokens[1] = createToken({ id: "token-2", alias: "Bob" });
        return tokens[1];
      },
    });
    renderInConsole(<TokensPage />);
    await paste("Bob", " gho_pasted0123456789\n");
    expect(await screen.findByText("Bob was added but cannot serve.")).toBeDefined();
    expect(screen.getAllByText("Bad credentials").length).toBeGreaterThan(0);
    expect(seen.find(({ method }) => method === "POST")?.body).toEqual({ alias: "Bob", token: "gho_pasted0123456789" });
    expect(document.body.innerHTML).not.toContain("gho_pasted0123456789");
    fireEvent.click(screen.getByRole("button", { name: "Replace the token…" }));
    const replace = await screen.findByRole("dialog", { name: "Replace the token of Bob" });
    fireEvent.change(within(replace).getByLabelText("GitHub token"), { target: { value: "gho_better0123456789" } });
    fireEvent.click(within(replace).getByRole("button", { name: "Replace token" }));
    expect(await screen.findByText("Bob was added.")).toBeDefined();
    expect(seen.find(({ method }) => method === "PATCH")?.body).toEqual({ token: "gho_better0123456789" });
  });

  it("says in Chinese why a token was refused, with GitHub's own words as a detail", async () => {
    const refused = createToken({
      id: "token-2",
      status: "auth_failed",
      reason_code: "unauthorized",
      error_message: "Bad credentials",
    });
    stubTokens([]);
    renderInConsole(<AddedTokens tokens={[refused]} onClose={() => undefined} onMore={() => undefined} />, {
      locale: "zh-CN",
    });
    expect(screen.getByText("GitHub 不再接受此令牌。")).toBeDefined();
    expect(screen.getByText("Bad credentials").closest("details")?.textContent).toContain("GitHub 的说明");
  });

  it("keeps the alias, and no secret, while another way of adding is looked at", async () => {
    stubTokens([createToken()]);
    renderInConsole(<TokensPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Add token" }));
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.change(dialog.getByLabelText("Alias"), { target: { value: "Bob" } });
    fireEvent.change(dialog.getByLabelText("GitHub token"), { target: { value: "gho_pasted0123456789" } });
    fireEvent.click(dialog.getByRole("tab", { name: "Sign in" }));
    fireEvent.click(dialog.getByRole("tab", { name: "Paste" }));
    expect(dialog.getByLabelText<HTMLInputElement>("Alias").value).toBe("Bob");
    expect(dialog.getByLabelText<HTMLInputElement>("GitHub token").value).toBe("");
  });

  it("does not send a classic token", async () => {
    const seen = stubTokens([createToken()]);
    renderInConsole(<TokensPage />);
    const dialog = await paste("Bob", "ghp_0123456789abcdef");
    expect(within(dialog).getByLabelText("GitHub token").getAttribute("aria-invalid")).toBe("true");
    expect(dialog.textContent).toContain("Copilot does not take classic tokens");
    expect(seen.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("asks before Escape throws away what was typed", async () => {
    stubTokens([createToken()]);
    renderInConsole(<TokensPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Add token" }));
    const alias = await screen.findByLabelText("Alias");
    fireEvent.change(alias, { target: { value: "Bob" } });
    fireEvent.keyDown(alias, { key: "Escape" });
    const question = await screen.findByRole("alertdialog", { name: "Discard what you entered?" });
    fireEvent.click(within(question).getByRole("button", { name: "Keep editing" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>("Alias").value).toBe("Bob");
  });

  it("shows the quota with the day it resets", async () => {
    const token = createToken({ premium_quota_used: 120 });
    stubTokens([token]);
    renderInConsole(<TokensPage />);
    expect(await screen.findByRole("meter", { name: "120 of 300 premium" })).toBeDefined();
    expect(screen.getByText("Dec 1")).toBeDefined();
  });

  it("names the keys that depend on a token, and deletes only after a confirmation", async () => {
    const tokens = [createToken()];
    const seen = stubTokens(tokens, {
      [`DELETE ${tokensPath}/token-1`]: () => {
        tokens.length = 0;
        return new Response(null, { status: 204 });
      },
      "GET /api/admin/api-keys": () => ({
        keys: [
          createKey({ alias: "Only Ada", github_token_ids: ["token-1"] }),
          createKey({ id: "key-2", alias: "Both", github_token_ids: ["token-1", "token-2"] }),
        ],
      }),
    });
    renderInConsole(<TokensPage />);
    await openMenu("Actions for Ada", "Delete…");
    const confirmation = await screen.findByRole("alertdialog", { name: "Delete Ada?" });
    await waitFor(() => expect(confirmation.textContent).toContain("stops working: Only Ada"));
    expect(confirmation.textContent).not.toContain("Both");
    expect(seen.some(({ method }) => method === "DELETE")).toBe(false);
    fireEvent.click(within(confirmation).getByRole("button", { name: "Delete token" }));
    expect(await screen.findByText("Ada was deleted.")).toBeDefined();
    await waitFor(() => expect(screen.getByText("No tokens yet")).toBeDefined());
  });

  async function tick(...names: readonly string[]) {
    for (const name of names) fireEvent.click(await screen.findByRole("checkbox", { name: `Select ${name}` }));
  }

  it("names the keys that would be left without a token when several are deleted", async () => {
    stubTokens(
      [createToken(), createToken({ id: "token-2", alias: "Bob" }), createToken({ id: "token-3", alias: "Cy" })],
      {
        "GET /api/admin/api-keys": () => ({
          keys: [
            createKey({ alias: "Only Ada", github_token_ids: ["token-1"] }),
            createKey({ id: "key-2", alias: "Both", github_token_ids: ["token-1", "token-2"] }),
            createKey({ id: "key-3", alias: "Another", github_token_ids: ["token-2", "token-3"] }),
            createKey({ id: "key-4", alias: "Free" }),
          ],
        }),
      },
    );
    renderInConsole(<TokensPage />);
    await tick("Ada", "Bob");
    fireEvent.click(screen.getByRole("button", { name: "Delete" }));
    const confirmation = await screen.findByRole("alertdialog", { name: "Delete 2 tokens?" });
    await waitFor(() =>
      expect(confirmation.textContent).toContain(
        "These 2 keys are bound only to them and stop working: Only Ada, Both",
      ),
    );
    expect(confirmation.textContent).not.toContain("Another");
    expect(confirmation.textContent).not.toContain("Free");
  });

  it("takes back what was done to several at once, and leaves alone what was so before", async () => {
    const seen = stubTokens([createToken(), createToken({ id: "token-2", alias: "Bob", enabled: false })], {
      [`POST ${tokensPath}/bulk`]: ({ body }) => ({ done: (body as { ids: string[] }).ids.length, failed: [] }),
    });
    renderInConsole(<TokensPage />);
    await tick("Ada", "Bob");
    fireEvent.click(screen.getByRole("button", { name: "Disable" }));
    await screen.findByText("2 tokens are disabled.");
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("1 token is enabled.");
    expect(seen.filter(({ method }) => method === "POST").map(({ body }) => body)).toEqual([
      { action: "disable", ids: ["token-1", "token-2"] },
      { action: "enable", ids: ["token-1"] },
    ]);
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  it("takes a token out of the pool, with a way back", async () => {
    const tokens = [createToken()];
    const seen = stubTokens(tokens, {
      [`PATCH ${tokensPath}/token-1`]: ({ body }) => {
        tokens[0] = createToken(body as { enabled: boolean });
        return tokens[0];
      },
    });
    renderInConsole(<TokensPage />);
    const toggle = await screen.findByRole("switch", { name: "Ada enabled" });
    toggle.focus();
    fireEvent.click(toggle);
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(seen.filter(({ method }) => method === "PATCH")).toHaveLength(2));
    expect(seen.filter(({ method }) => method === "PATCH").map(({ body }) => body)).toEqual([
      { enabled: false },
      { enabled: true },
    ]);
  });

  it("finds tokens by what the address says", async () => {
    stubTokens([createToken(), createToken({ id: "token-2", alias: "Bob", login: "bob", status: "auth_failed" })]);
    const { unmount } = renderInConsole(<TokensPage />, { search: "?state=auth_failed" });
    expect(await screen.findByRole("row", { name: /Bob/u })).toBeDefined();
    expect(screen.queryByRole("row", { name: /Ada/u })).toBeNull();
    unmount();
    renderInConsole(<TokensPage />, { search: "?q=nobody" });
    expect(await screen.findByText("Nothing matches")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(await screen.findByRole("row", { name: /Ada/u })).toBeDefined();
  });

  it.each([
    ["tokens", [createToken()], "@ada"],
    ["an empty list", [], "No tokens yet"],
  ])("gives a viewer %s to look at, and offers no change", async (_name, tokens, text) => {
    stubTokens(tokens);
    renderInConsole(<TokensPage />, { status: loggedInAsViewer });
    expect(await screen.findByText(text)).toBeDefined();
    expect(screen.queryByRole("button", { name: "Add token" })).toBeNull();
    expect(screen.queryByRole("button", { name: /^Actions/u })).toBeNull();
    expect(screen.queryAllByRole("switch")).toEqual([]);
    expect(screen.queryAllByRole("checkbox")).toEqual([]);
  });

  it("shows a failure of the list and loads it again on demand", async () => {
    let isBroken = true;
    stubTokens([], {
      [`GET ${tokensPath}`]: () =>
        isBroken
          ? createErrorResponse(400, "invalid_request", "The store cannot be read.")
          : { tokens: [createToken()], total: 1, active: 1 },
    });
    renderInConsole(<TokensPage />);
    expect((await screen.findByRole("alert")).textContent).toContain("The store cannot be read.");
    isBroken = false;
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("row", { name: /Ada/u })).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
