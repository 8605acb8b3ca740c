import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createToken, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { TokensPage } from "./tokens-page";

const tokensPath = "/api/admin/github-tokens";

describe("TokensPage", () => {
  it("leads from the empty list to adding a token, with the responsible-use text", async () => {
    stubGateway({ [`GET ${tokensPath}`]: () => ({ tokens: [], total: 0, active: 0 }) });
    renderInConsole(<TokensPage />);
    expect(await screen.findByText("No tokens yet")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Add token" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Each token must be its holder's own, added with their consent");
    expect(dialog.textContent).toContain("GitHub may treat several accounts behind one service as a breach");
  });

  it("adds a pasted token and says why it cannot serve", async () => {
    const tokens = [createToken()];
    const seen = stubGateway({
      [`GET ${tokensPath}`]: () => ({ tokens, total: tokens.length, active: 1 }),
      [`POST ${tokensPath}`]: () => {
        const added = createToken({
          id: "token-2",
          alias: "Bob",
          status: "auth_failed",
          error_message: "Bad credentials",
        });
        tokens.push(added);
        return added;
      },
    });
    renderInConsole(<TokensPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Add token" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.change(within(dialog).getByLabelText("Alias"), { target: { value: "Bob" } });
    fireEvent.change(within(dialog).getByLabelText("GitHub token"), { target: { value: " gho_pasted0123456789\n" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Add token" }));
    expect(await screen.findByText("Bob was added but cannot serve: Bad credentials")).toBeDefined();
    expect(seen.find(({ method }) => method === "POST")?.body).toEqual({ alias: "Bob", token: "gho_pasted0123456789" });
    expect(document.body.innerHTML).not.toContain("gho_pasted0123456789");
    expect((await screen.findByRole("row", { name: /Bob/u })).textContent).toContain("Refused by GitHub");
  });

  it("shows the quota with the day it resets", async () => {
    const token = createToken({ premium_quota_used: 120 });
    stubGateway({ [`GET ${tokensPath}`]: () => ({ tokens: [token], total: 1, active: 1 }) });
    renderInConsole(<TokensPage />);
    expect(await screen.findByRole("meter", { name: "Premium requests: 120 of 300 used" })).toBeDefined();
    expect(screen.getByText("Dec 1, 2026")).toBeDefined();
  });

  it("deletes only after a confirmation", async () => {
    const tokens = [createToken()];
    const seen = stubGateway({
      [`GET ${tokensPath}`]: () => ({ tokens, total: tokens.length, active: tokens.length }),
      [`DELETE ${tokensPath}/token-1`]: () => {
        tokens.length = 0;
        return new Response(null, { status: 204 });
      },
    });
    renderInConsole(<TokensPage />);
    fireEvent.keyDown(await screen.findByRole("button", { name: "Actions for Ada" }), { key: "Enter" });
    fireEvent.click(await screen.findByRole("menuitem", { name: "Delete…" }));
    const confirmation = await screen.findByRole("alertdialog", { name: "Delete Ada?" });
    expect(seen.some(({ method }) => method === "DELETE")).toBe(false);
    fireEvent.click(within(confirmation).getByRole("button", { name: "Delete token" }));
    expect(await screen.findByText("Ada was deleted.")).toBeDefined();
    await waitFor(() => expect(screen.getByText("No tokens yet")).toBeDefined());
  });

  it.each([
    ["tokens", [createToken()], "@ada"],
    ["an empty list", [], "No tokens yet"],
  ])("gives a viewer %s to look at, says why, and offers no change", async (_name, tokens, text) => {
    stubGateway({ [`GET ${tokensPath}`]: () => ({ tokens, total: tokens.length, active: tokens.length }) });
    renderInConsole(<TokensPage />, { status: loggedInAsViewer });
    expect(await screen.findByText(text)).toBeDefined();
    expect(screen.getByRole("note").textContent).toContain("only an admin can change it");
    expect(screen.queryAllByRole("button")).toEqual([]);
    expect(screen.queryAllByRole("switch")).toEqual([]);
  });

  it("shows a failure of the list and loads it again on demand", async () => {
    let isBroken = true;
    stubGateway({
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
