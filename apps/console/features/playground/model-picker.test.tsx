import { fireEvent, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { createModel } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { ModelPicker } from "./model-picker";

const models = [
  createModel({ lacking_tokens: [{ id: "token-2", alias: "Bob", reason: "auth_failed" }] }),
  createModel({ id: "claude-haiku-4.5", name: "Claude Haiku 4.5", vendor: "Anthropic" }),
  createModel({
    id: "o4-text",
    name: "O4 text",
    capabilities: { type: "chat" },
    supported_endpoints: ["/chat/completions"],
  }),
];

it("lists models by vendor, the recent ones first, each with its context, tokens, protocols and abilities", async () => {
  localStorage.setItem("console.recent-models", "o4-text");
  renderInConsole(<ModelPicker models={models} value="gpt-5-mini" onSelect={() => undefined} />);
  fireEvent.click(screen.getByRole("button", { name: /Model/u }));
  const list = await screen.findByRole("listbox");
  const groups = within(list).getAllByRole("group");
  expect(groups.map((group) => within(group).getAllByRole("option").length)).toEqual([1, 1, 1]);
  expect(groups.map(({ firstChild }) => firstChild?.textContent)).toEqual(["Recent", "OpenAI", "Anthropic"]);
  const mini = within(list).getByRole("option", { name: /GPT-5 mini/u });
  expect(mini.textContent).toContain("264K context · 1 of 2 tokens · Chat, Responses");
  expect(mini.textContent).toMatch(/see images.*call tools/u);
  expect(within(list).getByRole("option", { name: /O4 text/u }).textContent).not.toMatch(/see images|call tools/u);
  localStorage.clear();
});
