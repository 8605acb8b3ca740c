import type { ApiKeyList } from "@copilot-llm/gateway/admin-api";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ApiKey } from "#lib/api/use-api-keys";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createKey, createModel, createTeam, createToken, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { KeysPage } from "./keys-page";

const secret = "clp_0123456789abcdefghijABCDEFGHIJ0123456789";
const keysPath = "/api/admin/api-keys";

function pageOf(keys: readonly ApiKey[], more: Partial<ApiKeyList> = {}): ApiKeyList {
  return { keys: [...keys], total: keys.length, next_cursor: null, ...more };
}

function stubKeysGateway(routes: Parameters<typeof stubGateway>[0] = {}) {
  const keys = [createKey()];
  return stubGateway({
    "GET /api/admin/github-tokens": () => ({ tokens: [createToken()], total: 1, active: 1 }),
    "GET /api/models": () => ({ models: [createModel()] }),
    "GET /api/admin/settings": () => ({}),
    "GET /api/admin/teams": () => ({ teams: [] }),
    [`GET ${keysPath}`]: () => pageOf(keys),
    [`POST ${keysPath}`]: () => {
      const created = createKey({ id: "key-2", alias: "demo" });
      keys.push(created);
      return { ...created, key: secret };
    },
    ...routes,
  });
}

async function submitNewKey(alias: string) {
  fireEvent.click(await screen.findByRole("button", { name: "Create key" }));
  const dialog = await screen.findByRole("dialog", { name: "Create a key" });
  fireEvent.change(within(dialog).getByLabelText("Alias"), { target: { value: alias } });
  fireEvent.click(within(dialog).getByRole("button", { name: "Create key" }));
}

describe("KeysPage", () => {
  it("shows a created key once, with snippets, and forgets it when the dialog is closed", async () => {
    stubKeysGateway();
    renderInConsole(<KeysPage />);
    await submitNewKey("demo");
    const dialog = await screen.findByRole("dialog", { name: "The key of demo" });
    expect(within(dialog).getByLabelText<HTMLInputElement>("Key").value).toBe(secret);
    await waitFor(() => expect(dialog.textContent).toContain(`Bearer ${secret}`));
    fireEvent.keyDown(dialog, { key: "Escape" });
    expect(screen.getByRole("dialog", { name: "The key of demo" })).toBe(dialog);
    fireEvent.click(within(dialog).getByRole("button", { name: /Done/u }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByRole("table").textContent).toContain("demo");
    expect(document.body.innerHTML).not.toContain(secret);
  });

  it("says that full recording stores prompts where keys are handed out", async () => {
    stubKeysGateway();
    renderInConsole(<KeysPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Create key" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("With full recording the gateway stores the prompts and answers");
  });

  it("keeps what was typed and shows the gateway's reason when it refuses", async () => {
    stubKeysGateway({ [`POST ${keysPath}`]: () => createErrorResponse(409, "conflict", "This alias is taken.") });
    renderInConsole(<KeysPage />);
    await submitNewKey("CI");
    expect((await screen.findByRole("alert")).textContent).toContain("This alias is taken.");
    expect(screen.getByLabelText<HTMLInputElement>("Alias").value).toBe("CI");
  });

  it("sends nothing while the form has a problem, names it at its field and goes there", async () => {
    const seen = stubKeysGateway();
    renderInConsole(<KeysPage />);
    await submitNewKey(" ");
    const alias = await screen.findByLabelText("Alias");
    expect(alias.getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(alias);
    expect(screen.getByText("Give the key an alias.")).toBeDefined();
    expect(seen.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("calls limits of one's own so, and tells of no limit that is not valid", async () => {
    stubKeysGateway();
    renderInConsole(<KeysPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Create key" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Create a key" }));
    const chosen = () =>
      within(dialog.getByRole("group", { name: "Begin with" }))
        .getAllByRole("button", { pressed: true })
        .map(({ textContent }) => textContent);
    fireEvent.click(dialog.getByRole("button", { name: "A pipeline" }));
    fireEvent.click(dialog.getByRole("button", { name: "More settings" }));
    const requests = dialog.getByRole("textbox", { name: "Requests" });
    fireEvent.change(requests, { target: { value: "1000" } });
    expect(chosen()).toEqual(["A pipeline"]);
    fireEvent.change(requests, { target: { value: "-5" } });
    expect(chosen()).toEqual(["Own"]);
    expect(dialog.getByText("120 requests a minute, 4 at a time, and all models")).toBeDefined();
    fireEvent.click(dialog.getByRole("button", { name: "Unlimited" }));
    expect(chosen()).toEqual(["Unlimited"]);
    expect(dialog.queryByRole("button", { name: "Own" })).toBeNull();
  });

  it("shows a rotated key after a confirmation", async () => {
    const rotate = `POST ${keysPath}/key-1/rotate`;
    const seen = stubKeysGateway({ [rotate]: () => ({ ...createKey(), key: secret }) });
    renderInConsole(<KeysPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Actions for CI" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Rotate…" }));
    const confirmation = await screen.findByRole("alertdialog", { name: "Rotate CI?" });
    expect(seen.some(({ path }) => path.endsWith("/rotate"))).toBe(false);
    fireEvent.click(within(confirmation).getByRole("button", { name: "Rotate key" }));
    const dialog = await screen.findByRole("dialog", { name: "The key of CI" });
    expect(within(dialog).getByLabelText<HTMLInputElement>("Key").value).toBe(secret);
    expect(seen.find(({ method }) => method === "POST")?.path).toBe(`${keysPath}/key-1/rotate`);
  });

  it("lets the old secret of a rotated key work on for as long as is chosen", async () => {
    const rotate = `POST ${keysPath}/key-1/rotate`;
    const seen = stubKeysGateway({ [rotate]: () => ({ ...createKey(), key: secret }) });
    renderInConsole(<KeysPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Actions for CI" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Rotate…" }));
    const confirmation = await screen.findByRole("alertdialog", { name: "Rotate CI?" });
    expect(confirmation.textContent).toContain("gets errors at once");
    fireEvent.click(within(confirmation).getByRole("button", { name: "A week" }));
    expect(confirmation.textContent).toContain("Both work until");
    const earliestMs = Date.now() + 7 * 24 * 3_600_000;
    fireEvent.click(within(confirmation).getByRole("button", { name: "Rotate key" }));
    await screen.findByRole("dialog", { name: "The key of CI" });
    const path = seen.find(({ method }) => method === "POST")?.path ?? "";
    const until = new URL(path, "http://gateway").searchParams.get("overlap_until") ?? "";
    expect(Date.parse(until)).toBeGreaterThanOrEqual(earliestMs);
  });

  it("asks the gateway for what the address says, a page at a time", async () => {
    const seen = stubKeysGateway({
      [`GET ${keysPath}`]: ({ path }) =>
        path.includes("cursor=next")
          ? pageOf([createKey({ id: "key-2", alias: "second" })], { total: 2 })
          : pageOf([createKey()], { total: 2, next_cursor: "next" }),
    });
    renderInConsole(<KeysPage />, { search: "q=c&state=limited&team=team_1&sort=-usage" });
    fireEvent.click(await screen.findByRole("button", { name: "Load more" }));
    expect(await screen.findByText("second")).toBeDefined();
    expect(screen.getByText("2 keys")).toBeDefined();
    const listed = seen.filter(({ path }) => path.startsWith(`${keysPath}?`)).map(({ path }) => path.split("?")[1]);
    const first = "limit=200&q=c&state=limited&team=team_1&sort=-usage";
    expect(listed).toEqual([first, `${first}&cursor=next`]);
  });

  it("names a key's team beside its preview", async () => {
    stubKeysGateway({
      "GET /api/admin/teams": () => ({ teams: [createTeam({ id: "team_1", name: "Red" })] }),
      [`GET ${keysPath}`]: () => pageOf([createKey({ team_id: "team_1" })]),
    });
    renderInConsole(<KeysPage />);
    const row = await screen.findByRole("row", { name: /CI/u });
    await waitFor(() => expect(row.textContent).toContain("clp_AbCdEfGh… · Red"));
  });

  it("opens a key that is on no page yet", async () => {
    stubKeysGateway({ [`GET ${keysPath}/key-9`]: () => createKey({ id: "key-9", alias: "far away" }) });
    renderInConsole(<KeysPage />, { search: "id=key-9" });
    const detail = await screen.findByRole("complementary", { name: "Key far away" });
    expect(await within(detail).findByText("Facts")).toBeDefined();
  });

  it.each([
    ["keys", [createKey()], "CI"],
    ["an empty list", [], "No keys yet"],
  ])("gives a viewer %s to look at, and offers no change", async (_name, keys, text) => {
    stubKeysGateway({ [`GET ${keysPath}`]: () => pageOf(keys) });
    renderInConsole(<KeysPage />, { status: loggedInAsViewer });
    expect(await screen.findByText(text)).toBeDefined();
    expect(screen.queryByRole("button", { name: "Create key" })).toBeNull();
    expect(screen.queryByRole("button", { name: /^Actions/u })).toBeNull();
    expect(screen.queryAllByRole("switch")).toEqual([]);
  });

  it("says that a key is at its limit", async () => {
    const limit = { state: "limited", limited_by: "max_requests", resets_at: "2026-11-23T00:00:00Z" } as const;
    const spent = createKey({ max_requests: 6, current_requests: 6, limit_period: "day", ...limit });
    stubKeysGateway({ [`GET ${keysPath}`]: () => pageOf([spent]) });
    renderInConsole(<KeysPage />);
    const row = await screen.findByRole("row", { name: /CI/u });
    expect(row.textContent).toContain("At its limit");
    expect(row.textContent).toContain("Resets in 12 hours");
  });

  it("takes a model id as it was typed, and marks one that no token has", async () => {
    const seen = stubKeysGateway();
    renderInConsole(<KeysPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Create key" }));
    const dialog = await screen.findByRole("dialog", { name: "Create a key" });
    fireEvent.change(within(dialog).getByLabelText("Alias"), { target: { value: "demo" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "More settings" }));
    const models = within(dialog).getByRole("combobox", { name: "Models" });
    for (const typed of ["gpt-5-mini-x", "gpt-5-mini"]) {
      fireEvent.focus(models);
      fireEvent.click(models);
      fireEvent.input(models, { target: { value: typed }, inputType: "insertText" });
      const option = await screen.findByRole("option", {
        name: typed === "gpt-5-mini" ? /^GPT-5 mini/u : /Add “gpt-5-mini-x”/u,
      });
      fireEvent.click(option);
      await within(dialog).findByRole("button", { name: `Remove ${typed}` });
    }
    expect(within(dialog).getAllByText("No token of the pool has this model.")).toHaveLength(1);
    fireEvent.click(within(dialog).getByRole("button", { name: "Create key" }));
    await screen.findByRole("dialog", { name: "The key of demo" });
    expect(seen.find(({ method }) => method === "POST")?.body).toMatchObject({
      allowed_models: ["gpt-5-mini-x", "gpt-5-mini"],
    });
  });

  it("disables an enabled key", async () => {
    const seen = stubKeysGateway({ [`PATCH ${keysPath}/key-1`]: () => createKey({ enabled: false }) });
    renderInConsole(<KeysPage />);
    fireEvent.click(await screen.findByRole("switch", { name: "CI enabled" }));
    await waitFor(() => expect(seen.find(({ method }) => method === "PATCH")?.body).toEqual({ enabled: false }));
    expect(await screen.findByText("CI is disabled.")).toBeDefined();
  });
});
