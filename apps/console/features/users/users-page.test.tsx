import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ConsoleUser } from "#lib/api/use-users";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { UsersPage } from "./users-page";

const path = "/api/admin/users";

function createUser(fields: Partial<ConsoleUser>): ConsoleUser {
  return {
    id: "usr_1",
    username: "ada",
    role: "admin",
    created_at: "2026-11-01T00:00:00Z",
    last_sign_in_at: null,
    sign_in_method: "password",
    ...fields,
  };
}

function stubUsers(users: readonly ConsoleUser[], routes: Parameters<typeof stubGateway>[0] = {}) {
  return stubGateway({ [`GET ${path}`]: () => ({ users }), ...routes });
}

const ada = createUser({});
const bob = createUser({ id: "usr_2", username: "bob", role: "viewer" });

async function openMenu(name: string) {
  fireEvent.click(await screen.findByRole("button", { name: `Actions for ${name}` }));
  return await screen.findByRole("menu");
}

describe("UsersPage", () => {
  it("adds a user with a made-up password and shows once what they sign in with", async () => {
    const seen = stubUsers([ada], { [`POST ${path}`]: () => bob });
    renderInConsole(<UsersPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Add user" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: " bob " } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Generate" }));
    const password = within(dialog).getByLabelText<HTMLInputElement>("Password").value;
    expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/u);
    fireEvent.click(within(dialog).getByRole("button", { name: "Add" }));
    const shown = await screen.findByRole("dialog", { name: "bob can sign in now" });
    expect(shown.textContent).toContain(password);
    const sent = seen.find(({ method }) => method === "POST");
    expect(sent?.body).toEqual({ username: "bob", role: "viewer", password });
  });

  it("says what is wrong before anything is sent, and what the gateway refused after", async () => {
    const seen = stubUsers([ada], {
      [`POST ${path}`]: () => createErrorResponse(409, "conflict", "There is a user of this name."),
    });
    renderInConsole(<UsersPage />, { search: "new=1" });
    const dialog = await screen.findByRole("dialog");
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: "bob b" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Add" }));
    expect(await within(dialog).findByText("Letters, digits and . _ @ - only.")).toBeDefined();
    expect(seen.filter(({ method }) => method === "POST")).toHaveLength(0);
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: "bob" } });
    fireEvent.change(within(dialog).getByLabelText("Password"), { target: { value: "long enough" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Add" }));
    expect(await within(dialog).findByText("There is a user of this name.")).toBeDefined();
    expect(within(dialog).getByLabelText<HTMLInputElement>("Password").value).toBe("long enough");
  });

  it("keeps oneself and the last admin from being deleted, and says why", async () => {
    stubUsers([createUser({ username: "carol", id: "usr_3" }), bob]);
    renderInConsole(<UsersPage />);
    const kept = await openMenu("carol");
    expect(kept.textContent).toContain("The last admin cannot be deleted.");
    fireEvent.keyDown(kept, { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
    expect((await openMenu("bob")).textContent).not.toContain("cannot");
  });

  it("deletes after a question that says what goes", async () => {
    const seen = stubUsers([ada, bob], { [`DELETE ${path}/usr_2`]: () => new Response(null, { status: 204 }) });
    renderInConsole(<UsersPage />);
    await openMenu("bob");
    fireEvent.click(screen.getByRole("menuitem", { name: "Delete…" }));
    const question = await screen.findByRole("alertdialog", { name: "Delete bob?" });
    fireEvent.click(within(question).getByRole("button", { name: "Delete user" }));
    expect(await screen.findByText("bob was deleted.")).toBeDefined();
    expect(seen.map(({ method, path: asked }) => `${method} ${asked}`)).toContain(`DELETE ${path}/usr_2`);
  });

  it("asks nothing for a viewer, who may not know the users", async () => {
    const seen = stubUsers([ada]);
    renderInConsole(<UsersPage />, { status: loggedInAsViewer });
    expect(await screen.findByText("Only admins see this")).toBeDefined();
    expect(seen).toEqual([]);
  });
});
