import { useQuery } from "@tanstack/react-query";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { requestJson } from "#lib/api/request-json";
import { useIsAdmin } from "#lib/api/use-auth";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { loggedIn } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { AuthGate } from "./auth-gate";

const router = vi.hoisted(() => ({ replace: vi.fn() }));
vi.mock("next/navigation", () => ({ useRouter: () => router, usePathname: () => "/tokens/" }));

const statusRoute = "GET /api/auth/status";
const loggedOut = { ...loggedIn, authenticated: false, username: null, role: null };

/** What admins alone are offered, as the forms of the pages are. */
function Form() {
  const isAdmin = useIsAdmin();
  const { refetch } = useQuery({ queryKey: ["x"], queryFn: () => requestJson("/api/x"), enabled: false });
  return (
    <>
      {isAdmin && <input aria-label="Note" />}
      <button type="button" onClick={() => void refetch()}>
        Load
      </button>
    </>
  );
}

function Figures() {
  const { data, error } = useQuery({ queryKey: ["x"], queryFn: () => requestJson<{ name: string }>("/api/x") });
  return error === null ? data?.name : "refused";
}

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

  it("keeps the page when the session ends in the middle, and signs in again over it", async () => {
    let isOver = false;
    const seen = stubGateway({
      [statusRoute]: () => (isOver ? loggedOut : loggedIn),
      "GET /api/x": () => createErrorResponse(401, "unauthenticated", "Log in first."),
      "POST /api/auth/login": () => {
        isOver = false;
        return { token: "t", username: "ada" };
      },
    });
    renderInConsole(
      <AuthGate>
        <Form />
      </AuthGate>,
      { status: null },
    );
    fireEvent.change(await screen.findByLabelText("Note"), { target: { value: "half written" } });
    isOver = true;
    fireEvent.click(screen.getByRole("button", { name: "Load" }));
    const dialog = await screen.findByRole("dialog", { name: "Your session has ended" });
    expect(router.replace).not.toHaveBeenCalled();
    fireEvent.change(within(dialog).getByLabelText("Password"), { target: { value: "secret" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Log in" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(seen.find(({ method }) => method === "POST")?.body).toEqual({ username: "ada", password: "secret" });
    expect(screen.getByLabelText<HTMLInputElement>("Note").value).toBe("half written");
  });

  it("asks again for what was refused, once one is logged in again", async () => {
    let isOver = true;
    stubGateway({
      [statusRoute]: () => (isOver ? loggedOut : loggedIn),
      "GET /api/x": () => (isOver ? createErrorResponse(401, "unauthenticated", "Log in first.") : { name: "figures" }),
      "POST /api/auth/login": () => {
        isOver = false;
        return { token: "t", username: "ada" };
      },
    });
    renderInConsole(
      <AuthGate>
        <Figures />
      </AuthGate>,
      { status: loggedIn },
    );
    expect(await screen.findByText("refused")).toBeDefined();
    const dialog = await screen.findByRole("dialog", { name: "Your session has ended" });
    fireEvent.change(within(dialog).getByLabelText("Password"), { target: { value: "secret" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Log in" }));
    expect(await screen.findByText("figures")).toBeDefined();
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
