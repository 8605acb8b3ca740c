import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createModel } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { NamesCard } from "./names-card";

const path = "/api/admin/settings";
const models = ["gpt-5-mini", "opus-5", "haiku-5"].map((id) => createModel({ id, name: id }));

/** Settings that keep what they are told, from when they are told it well. */
function stubNames(isFailing: () => boolean = () => false) {
  let stored = {
    model_aliases: { fast: "haiku-5" } as Record<string, string>,
    model_fallbacks: { "opus-5": ["haiku-5", "gpt-5-mini"] } as Record<string, string[]>,
    version: "1",
  };
  const seen = stubGateway({
    [`GET ${path}`]: () => stored,
    "GET /api/models": () => ({ models }),
    [`PATCH ${path}`]: ({ body }) => {
      if (isFailing()) return createErrorResponse(409, "conflict", "Somebody else changed the settings.");
      stored = { ...stored, ...(body as object), version: `${Number(stored.version) + 1}` };
      return stored;
    },
    "GET /api/models/resolve": ({ path: asked }) => {
      const name = new URL(asked, "http://gateway").searchParams.get("name") ?? "";
      const model = models.find(({ id }) => id === name)?.id ?? null;
      return { name, model, via: model === null ? null : "id", alias_of: null, close_matches: [] };
    },
  });
  renderInConsole(<NamesCard models={models} />);
  return {
    stored: () => stored,
    sent: () => seen.filter(({ method }) => method === "PATCH").map(({ headers }) => headers["if-match"]),
  };
}

const nameField = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Name" });

async function type(name: string, model: string) {
  fireEvent.change(await nameField(), { target: { value: name } });
  const card = within(screen.getByRole("region", { name: "Aliases" }));
  fireEvent.click(card.getByRole("button", { name: /^Model:/u }));
  fireEvent.click(await screen.findByRole("option", { name: new RegExp(model, "u") }));
  return card;
}

it("keeps what was typed until it is saved", async () => {
  let isFailing = true;
  const { stored } = stubNames(() => isFailing);
  const card = await type("smart", "opus-5");
  fireEvent.click(card.getByRole("button", { name: "Add" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Somebody else changed the settings.");
  expect((await nameField()).value).toBe("smart");
  isFailing = false;
  fireEvent.click(card.getByRole("button", { name: "Add" }));
  expect(await screen.findByText("smart is an alias now.")).toBeDefined();
  expect((await nameField()).value).toBe("");
  expect(stored().model_aliases).toEqual({ fast: "haiku-5", smart: "opus-5" });
});

it("says what a name replaces or leads to before it is saved", async () => {
  stubNames();
  await type("fast", "opus-5");
  expect(screen.getByText("Replaces fast → haiku-5.")).toBeDefined();
  expect(screen.getByRole("button", { name: "Replace" })).toBeDefined();
  fireEvent.change(await nameField(), { target: { value: "opus-5" } });
  expect(await screen.findByText("opus-5 leads to opus-5 now.")).toBeDefined();
  fireEvent.change(await nameField(), { target: { value: "nobody" } });
  expect(await screen.findByText("nobody leads to no model now.")).toBeDefined();
});

it("takes an alias and a fallback away with a way back, from the settings as they are by then", async () => {
  const { stored, sent } = stubNames();
  fireEvent.click(await screen.findByRole("button", { name: "Remove the alias fast" }));
  await screen.findByText("fast is no alias any more.");
  expect(stored().model_aliases).toEqual({});
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(stored().model_aliases).toEqual({ fast: "haiku-5" }));
  await screen.findByText("fast is an alias now.");
  fireEvent.click(screen.getByRole("button", { name: "Remove haiku-5" }));
  await screen.findByText("haiku-5 serves no more instead of opus-5.");
  expect(stored().model_fallbacks).toEqual({ "opus-5": ["gpt-5-mini"] });
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(stored().model_fallbacks).toEqual({ "opus-5": ["haiku-5", "gpt-5-mini"] }));
  expect(sent()).toEqual(['"1"', '"2"', '"3"', '"4"']);
});
