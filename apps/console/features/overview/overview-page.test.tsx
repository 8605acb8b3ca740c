import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { createToken, loggedIn, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { OverviewPage } from "./overview-page";

function stubPool(tokens: readonly ReturnType<typeof createToken>[]) {
  const active = tokens.filter(({ status }) => status === "active").length;
  stubGateway({
    "GET /api/admin/github-tokens": () => ({ tokens, total: tokens.length, active }),
    "GET /api/admin/api-keys": () => ({ keys: [] }),
    "GET /openai/v1/models": () => ({ data: [] }),
  });
}

describe("OverviewPage", () => {
  it.each([
    ["Add a token", []],
    ["Create a key", [createToken()]],
  ])("leads an admin to the next step, %s, and tells a viewer that an admin has to", async (action, tokens) => {
    stubPool(tokens);
    const { unmount } = renderInConsole(<OverviewPage />, { status: loggedIn });
    expect(await screen.findByRole("link", { name: action })).toBeDefined();
    unmount();
    renderInConsole(<OverviewPage />, { status: loggedInAsViewer });
    expect(await screen.findByText("An admin has to do this.")).toBeDefined();
    expect(screen.queryAllByRole("link")).toEqual([]);
  });

  it("lets a viewer look why no token is active", async () => {
    stubPool([createToken({ status: "auth_failed" })]);
    renderInConsole(<OverviewPage />, { status: loggedInAsViewer });
    expect(await screen.findByRole("link", { name: "Look at the tokens" })).toBeDefined();
  });
});
