import type { InviteView } from "@copilot-llm/gateway/admin-api";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { createKey, createToken, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { TokensPage } from "./tokens-page";

const path = "/api/admin/invites";
const link = "https://llm.example/join/0123456789abcdefghijABCDEFGHIJ01";
const { allowed_models, max_requests, max_premium_requests, max_credits, limit_period, rpm, tpm, max_concurrency } =
  createKey();
const openKey = {
  allowed_models,
  max_requests,
  max_premium_requests,
  max_credits,
  limit_period,
  rpm,
  tpm,
  max_concurrency,
  recording: null,
  expires_at: null,
};

function createInvite(fields: Partial<InviteView> = {}): InviteView {
  return {
    id: "inv-1",
    name: "Grace",
    status: "open",
    created_at: "2026-11-22T11:00:00Z",
    created_by: "ada",
    expires_at: "2026-11-29T12:00:00Z",
    own_seat_first: true,
    key: { ...openKey, team_id: null },
    joined_at: null,
    left_at: null,
    token_id: null,
    key_id: null,
    consent: null,
    ...fields,
  };
}

const joined = createInvite({
  status: "joined",
  joined_at: "2026-11-22T10:00:00Z",
  token_id: "token-1",
  consent: { at: "2026-11-22T10:00:00Z", text: "Others' requests run on my seat." },
});

function stubInvites(invites: InviteView[], tokens = [createToken()]) {
  return stubGateway({
    "GET /api/admin/github-tokens": () => ({ tokens, total: tokens.length, active: tokens.length }),
    "GET /api/admin/github-tokens/quotas": () => ({ quotas: [] }),
    [`GET ${path}`]: () => ({ invites }),
    [`POST ${path}`]: () => {
      invites.push(createInvite());
      return Response.json({ ...createInvite(), link }, { status: 201 });
    },
    [`DELETE ${path}/inv-1`]: () => {
      invites.length = 0;
      return new Response(null, { status: 204 });
    },
  });
}

async function openDialog() {
  fireEvent.click(await screen.findByRole("button", { name: "Invite a colleague" }));
  return await screen.findByRole("dialog", { name: "Invite a colleague's seat" });
}

describe("Invitations", () => {
  it.each([
    ["an empty pool", []],
    ["a pool of one", [createToken()]],
  ])("invites a seat to %s, and shows the link once", async (_name, tokens) => {
    const seen = stubInvites([], tokens);
    renderInConsole(<TokensPage />);
    const dialog = await openDialog();
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: " Grace " } });
    fireEvent.click(within(dialog).getByRole("radio", { name: /^The whole pool/u }));
    fireEvent.change(within(dialog).getByLabelText("Requests"), { target: { value: "1,000" } });
    fireEvent.change(within(dialog).getByLabelText("The link works for"), { target: { value: "1" } });
    fireEvent.change(within(dialog).getByLabelText("Their key expires"), { target: { value: "2099-01-01T00:00" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Make the link" }));
    expect((await screen.findByLabelText<HTMLInputElement>("Link")).value).toBe(link);
    expect(seen.find(({ method }) => method === "POST")?.body).toEqual({
      name: "Grace",
      expires_in_hours: 24,
      own_seat_first: false,
      key: { ...openKey, team_id: null, max_requests: 1_000, expires_at: new Date("2099-01-01T00:00").toISOString() },
    });
    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    const list = await screen.findByRole("region", { name: "Invitations" });
    expect(list.textContent).toContain("Grace");
    expect(document.body.innerHTML).not.toContain(link);
  });

  it("sends nothing without a name or with a limit that is none", async () => {
    const seen = stubInvites([]);
    renderInConsole(<TokensPage />);
    const dialog = await openDialog();
    fireEvent.change(within(dialog).getByLabelText("Requests"), { target: { value: "-1" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Make the link" }));
    expect(await within(dialog).findByText("Say whom you invite.")).toBeDefined();
    expect(within(dialog).getByText("Enter a number above zero.")).toBeDefined();
    expect(seen.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("says who agreed to what, and deletes an invitation only after a confirmation", async () => {
    const seen = stubInvites([joined]);
    renderInConsole(<TokensPage />);
    const list = await screen.findByRole("region", { name: "Invitations" });
    await waitFor(() => expect(list.textContent).toContain("Grace · @ada"));
    expect(within(list).getByText("Joined")).toBeDefined();
    expect(list.textContent).toContain("Grace agreed 2 hours ago");
    expect(list.textContent).toContain("Others' requests run on my seat.");
    fireEvent.click(within(list).getByRole("button", { name: "Delete the invitation of Grace" }));
    const question = await screen.findByRole("alertdialog", { name: "Delete the invitation of Grace?" });
    expect(question.textContent).toContain("Their seat and their key stay.");
    expect(seen.some(({ method }) => method === "DELETE")).toBe(false);
    fireEvent.click(within(question).getByRole("button", { name: "Delete invitation" }));
    expect(await screen.findByText("The invitation of Grace was deleted.")).toBeDefined();
    await waitFor(() => expect(screen.queryByRole("region", { name: "Invitations" })).toBeNull());
  });

  it("gives a viewer the list to look at, and offers no change", async () => {
    stubInvites([joined]);
    renderInConsole(<TokensPage />, { status: loggedInAsViewer, search: "?invite=1" });
    const list = await screen.findByRole("region", { name: "Invitations" });
    expect(within(list).queryAllByRole("button")).toEqual([]);
    expect(screen.queryByRole("button", { name: "Invite a colleague" })).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
