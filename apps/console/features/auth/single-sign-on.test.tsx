import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { loggedIn } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { LoginPage } from "./login-page";

const search = vi.hoisted(() => ({ text: "" }));
vi.mock("next/navigation", () => ({
  useRouter: () => ({ replace: () => {} }),
  usePathname: () => "/login/",
  useSearchParams: () => new URLSearchParams(search.text),
}));

const loggedOut = { ...loggedIn, authenticated: false, username: null, role: null };

function openLogin(methods: readonly string[]) {
  stubGateway({ "GET /api/auth/status": () => ({ ...loggedOut, sign_in_methods: methods }) });
  renderInConsole(<LoginPage />, { status: null });
}

describe("single sign-on", () => {
  beforeEach(() => {
    search.text = "";
  });

  it("is offered where the gateway has an identity provider, and leads back to the wanted page", async () => {
    search.text = "next=/keys/";
    openLogin(["password", "oidc"]);
    const link = await screen.findByRole("link", { name: "Log in with single sign-on" });
    expect(link.getAttribute("href")).toBe("/api/auth/oidc/start?next=%2Fkeys%2F");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says why it failed, in words of its own only", async () => {
    search.text = "error=oidc_no_role";
    openLogin(["password", "oidc"]);
    expect((await screen.findByRole("alert")).textContent).toContain("You have no role in this gateway.");
  });

  it("shows nothing for a reason that it does not know", async () => {
    search.text = "error=%3Cb%3E";
    openLogin(["password", "oidc"]);
    await screen.findByRole("link", { name: "Log in with single sign-on" });
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is not there without one", async () => {
    openLogin(["password"]);
    await screen.findByRole("button", { name: "Log in" });
    expect(screen.queryByRole("link", { name: "Log in with single sign-on" })).toBeNull();
  });
});
