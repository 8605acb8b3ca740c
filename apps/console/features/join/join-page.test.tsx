import { fireEvent, screen } from "@testing-library/react";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { describe, expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createKey } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { JoinPage } from "./join-page";

const secret = "clp_0123456789abcdefghijABCDEFGHIJ0123456789";
const invitation = {
  name: "Grace",
  invited_by: "ada",
  expires_at: "2026-11-29T00:00:00Z",
  own_seat_first: true,
  consent_text: "Your token is stored encrypted.\nOthers' requests run on your seat.",
  device_flow: false,
};
const path = "/api/join/abc";

const render = (search = "code=abc", locale: "en" | "zh-CN" = "en") =>
  renderInConsole(
    <SearchParamsContext value={new URLSearchParams(search)}>
      <JoinPage />
    </SearchParamsContext>,
    { status: null, locale },
  );

describe("JoinPage", () => {
  it("asks the gateway for nothing without a code, and says what is missing", async () => {
    const seen = stubGateway({});
    render("", "zh-CN");
    expect(await screen.findByText(/末尾缺少邀请码/u)).toBeDefined();
    expect(seen).toEqual([]);
  });

  it("asks for consent before anything is sent, and shows the new key once", async () => {
    const key = { ...createKey({ alias: "Grace" }), key: secret };
    const seen = stubGateway({
      [`GET ${path}`]: () => invitation,
      [`POST ${path}`]: () => Response.json({ status: "complete", key }, { status: 201 }),
    });
    render();
    expect(await screen.findByText("Others' requests run on your seat.")).toBeDefined();
    fireEvent.change(screen.getByLabelText("Or paste your own GitHub token"), { target: { value: "gho_grace" } });
    fireEvent.click(screen.getByRole("button", { name: "Join with this token" }));
    expect(await screen.findByText("Tick this to go on.")).toBeDefined();
    expect(seen.filter(({ method }) => method === "POST")).toEqual([]);
    fireEvent.click(screen.getByRole("checkbox", { name: "I have read this and agree." }));
    fireEvent.click(screen.getByRole("button", { name: "Join with this token" }));
    expect((await screen.findByLabelText<HTMLInputElement>("Key")).value).toBe(secret);
    expect(seen.at(-1)?.body).toEqual({
      method: "paste",
      consent_text: invitation.consent_text,
      token: "gho_grace",
    });
  });

  it("shows the code to type at GitHub, and the key once it was approved there", async () => {
    const joining = {
      status: "pending",
      id: "dev_1",
      user_code: "ABCD-1234",
      verification_uri: "https://github.com/login/device",
      expires_at: "2026-11-22T12:15:00Z",
      interval: 5,
    };
    stubGateway({
      [`GET ${path}`]: () => ({ ...invitation, device_flow: true }),
      [`POST ${path}`]: () => Response.json(joining, { status: 202 }),
      [`GET ${path}/device/dev_1`]: () => ({ status: "complete", key: { ...createKey(), key: secret } }),
    });
    render();
    fireEvent.click(await screen.findByRole("checkbox"));
    fireEvent.click(screen.getByRole("button", { name: "Sign in at GitHub" }));
    expect((await screen.findByLabelText<HTMLInputElement>("Key")).value).toBe(secret);
  });

  it.each([
    ["en", "Sign in at GitHub", /no longer knows of this sign-in/u, "Try again"],
    ["zh-CN", "用 GitHub 登录", /网关已不再保留此次登录/u, "重试"],
  ] as const)(
    "asks no more about a sign-in that is gone, and begins anew (%s)",
    async (locale, signIn, gone, again) => {
      const joining = {
        status: "pending",
        id: "dev_1",
        user_code: "ABCD-1234",
        verification_uri: "https://github.com/login/device",
        expires_at: "2026-11-22T12:15:00Z",
        interval: 0.01,
      };
      const seen = stubGateway({
        [`GET ${path}`]: () => ({ ...invitation, device_flow: true }),
        [`POST ${path}`]: () => Response.json(joining, { status: 202 }),
        [`GET ${path}/device/dev_1`]: () => createErrorResponse(404, "not_found", "There is no such sign-in."),
      });
      render("code=abc", locale);
      fireEvent.click(await screen.findByRole("checkbox"));
      fireEvent.click(screen.getByRole("button", { name: signIn }));
      expect(await screen.findByText(gone)).toBeDefined();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(seen.filter(({ path: asked }) => asked.includes("/device/"))).toHaveLength(1);
      fireEvent.click(screen.getByRole("button", { name: again }));
      expect(await screen.findByRole("checkbox")).toBeDefined();
    },
  );

  it("says that an invitation does not work any more", async () => {
    stubGateway({ [`GET ${path}`]: () => createErrorResponse(404, "not_found", "There is no such invitation.") });
    render();
    expect(await screen.findByRole("heading", { name: "This invitation does not work" })).toBeDefined();
  });
});
