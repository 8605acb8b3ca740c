import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { loggedIn } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { TokensPage } from "../tokens/tokens-page";
import { AuthGate } from "./auth-gate";

const router = vi.hoisted(() => ({ replace: vi.fn() }));
vi.mock("next/navigation", () => ({ useRouter: () => router, usePathname: () => "/tokens/" }));

const statusRoute = "GET /api/auth/status";
const loggedOut = { ...loggedIn, authenticated: false, username: null, role: null };

describe("AuthGate", () => {
  beforeEach(() => {
    router.replace.mockClear();
  });

  it("shows the page to whoever is logged in", async () => {
    stubGateway({ [statusRoute]: () => loggedIn });
    renderInConsole(<AuthGate>secret page</AuthGate>, { status: null });
    expect(await screen.findByText("secret page")).toBeDefined();
    expect(router.replace).not.toHaveBeenCalled();
  });

  it("leads others to login, and back to the page afterwards", async () => {
    stubGateway({ [statusRoute]: () => loggedOut });
    renderInConsole(<AuthGate>secret page</AuthGate>, { status: null });
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/login/?next=%2Ftokens%2F"));
    expect(screen.queryByText("secret page")).toBeNull();
  });

  it("leads to setup while there is no admin", async () => {
    stubGateway({ [statusRoute]: () => ({ ...loggedOut, setup_required: true }) });
    renderInConsole(<AuthGate>secret page</AuthGate>, { status: null });
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/setup/"));
  });

  it("leads to login when the session ends in the middle", async () => {
    const answers = [loggedIn, loggedOut];
    stubGateway({
      [statusRoute]: () => (answers.length > 1 ? answers.shift() : answers[0]),
      "GET /api/admin/github-tokens": () => createErrorResponse(401, "unauthenticated", "Log in first."),
    });
    renderInConsole(
      <AuthGate>
        <TokensPage />
      </AuthGate>,
      { status: null },
    );
    await waitFor(() => expect(router.replace).toHaveBeenCalledWith("/login/?next=%2Ftokens%2F"));
  });

  it("says that the gateway does not answer", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    renderInConsole(<AuthGate>secret page</AuthGate>, { status: null });
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("cannot be reached"), {
      timeout: 10_000,
    });
  });
});
