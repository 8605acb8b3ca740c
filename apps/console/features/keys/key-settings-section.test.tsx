import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createKey, createModel, createToken, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { KeySettingsSection } from "./key-settings-section";

const path = "/api/admin/api-keys/key-1";

function stubKeyGateway(routes: Parameters<typeof stubGateway>[0] = {}) {
  const seen = stubGateway({
    "GET /api/admin/github-tokens": () => ({ tokens: [createToken()], total: 1, active: 1 }),
    "GET /api/admin/teams": () => ({ teams: [] }),
    "GET /api/models": () => ({ models: [createModel()] }),
    [`PATCH ${path}`]: () => createKey(),
    ...routes,
  });
  return { seen, changes: () => seen.filter(({ method }) => method === "PATCH").map(({ body }) => body) };
}

it("saves one setting in its place and sends nothing else of the key", async () => {
  const { changes } = stubKeyGateway();
  renderInConsole(<KeySettingsSection apiKey={createKey({ alias: "CI", note: "old", rpm: 60 })} />);
  fireEvent.click(screen.getByRole("button", { name: "Change: Note" }));
  const note = await screen.findByLabelText<HTMLTextAreaElement>("Note");
  await waitFor(() => expect(document.activeElement).toBe(note));
  fireEvent.change(note, { target: { value: "for the night shift" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("CI was saved.")).toBeDefined();
  expect(changes()).toEqual([{ note: "for the night shift" }]);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Change: Note" })));
});

it("saves the limits together with their period", async () => {
  const { changes } = stubKeyGateway();
  renderInConsole(<KeySettingsSection apiKey={createKey({ max_requests: 100, limit_period: "day" })} />);
  expect(screen.getByText("100 requests a day")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Change: Limits" }));
  fireEvent.change(await screen.findByLabelText("Requests"), { target: { value: "1,000" } });
  fireEvent.change(screen.getByLabelText("Counted per"), { target: { value: "month" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(changes()).toHaveLength(1));
  expect(changes()[0]).toEqual({
    max_requests: 1000,
    max_premium_requests: null,
    max_credits: null,
    limit_period: "month",
    rpm: null,
    tpm: null,
    max_concurrency: null,
  });
});

it("leaves a setting as it was on Escape, and closes nothing around it", async () => {
  const { changes } = stubKeyGateway();
  renderInConsole(<KeySettingsSection apiKey={createKey({ alias: "CI" })} />);
  fireEvent.click(screen.getByRole("button", { name: "Change: Alias" }));
  const alias = await screen.findByLabelText("Alias");
  fireEvent.change(alias, { target: { value: "other" } });
  expect(fireEvent.keyDown(alias, { key: "Escape" })).toBe(false);
  await waitFor(() => expect(screen.queryByLabelText("Alias")).toBeNull());
  expect(screen.getByText("CI")).toBeDefined();
  expect(changes()).toEqual([]);
});

it("holds back what has a problem, keeps what was typed when the gateway refuses, and says why", async () => {
  const { changes } = stubKeyGateway({
    [`PATCH ${path}`]: () => createErrorResponse(409, "conflict", "This alias is taken."),
  });
  // That the key has expired is no reason not to rename it.
  renderInConsole(<KeySettingsSection apiKey={createKey({ alias: "CI", expires_at: "2026-01-01T00:00:00Z" })} />);
  fireEvent.click(screen.getByRole("button", { name: "Change: Alias" }));
  const alias = await screen.findByLabelText<HTMLInputElement>("Alias");
  fireEvent.change(alias, { target: { value: " " } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Give the key an alias.")).toBeDefined();
  expect(changes()).toEqual([]);
  fireEvent.change(alias, { target: { value: "laptop" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByText("This alias is taken.")).closest("[role=alert]")).not.toBeNull();
  expect(alias.value).toBe("laptop");
});

it("shows a viewer the settings without a way to change them", () => {
  stubKeyGateway();
  const { container } = renderInConsole(<KeySettingsSection apiKey={createKey({ note: "mine" })} />, {
    status: loggedInAsViewer,
  });
  expect(within(container).getByText("mine")).toBeDefined();
  expect(screen.queryAllByRole("button")).toEqual([]);
});
