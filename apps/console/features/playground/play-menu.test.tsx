import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { stubIndexedDb } from "../../testing/fake-indexed-db";
import { createModel } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { addNode, emptyTree } from "./conversation-tree";
import { PlaygroundPage } from "./playground-page";

afterEach(() => localStorage.clear());

const saysTo = (id: string) =>
  addNode(emptyTree, { id: "n1", parentId: null, kind: "user", parts: [{ kind: "text", text: `asked of ${id}` }] });

const ids = ["one", "two", "three"];
const comparison = {
  id: "a",
  title: "Three compared",
  savedAt: "2026-11-22T12:00:00Z",
  data: JSON.stringify({ models: ids, trees: ids.map(saysTo) }),
};

function stubModels(): void {
  stubGateway({ "GET /api/models": () => ({ models: ids.map((id) => createModel({ id, name: id })) }) });
}

async function choose(entry: string): Promise<void> {
  fireEvent.click(screen.getByRole("button", { name: "Keep and export" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: entry }));
}

it("opens a comparison with all of its models and their conversations, whatever was chosen before", async () => {
  stubModels();
  stubIndexedDb([comparison]);
  renderInConsole(<PlaygroundPage />, { search: "model=one" });
  await choose("Three compared");
  for (const id of ids) expect(await screen.findByText(`asked of ${id}`)).toBeDefined();
});

it("takes the side of the model away that is removed, and leaves the others theirs", async () => {
  stubModels();
  stubIndexedDb([comparison]);
  renderInConsole(<PlaygroundPage />, { search: "model=one" });
  await choose("Three compared");
  await screen.findByText("asked of three");
  fireEvent.click(screen.getByRole("button", { name: "Remove one" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "one" })).toBeNull());
  expect(screen.queryByText("asked of one")).toBeNull();
  expect(screen.getByRole("region", { name: "two" }).textContent).toContain("asked of two");
  expect(screen.getByRole("region", { name: "three" }).textContent).toContain("asked of three");
});

it.each([
  ["en", "Save in this browser", /could not be kept/u, "Keep and export"],
  ["zh-CN", "保存到此浏览器", /无法保存对话/u, "保存与导出"],
] as const)("says that a conversation could not be kept (%s)", async (locale, entry, failed, menu) => {
  stubModels();
  localStorage.setItem("console.keep-chats", "yes");
  const browser = stubIndexedDb([comparison]);
  renderInConsole(<PlaygroundPage />, { search: "model=one", locale });
  fireEvent.click(screen.getByRole("button", { name: menu }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Three compared" }));
  await screen.findByText("asked of three");
  browser.isFull = true;
  fireEvent.click(screen.getByRole("button", { name: menu }));
  fireEvent.click(await screen.findByRole("menuitem", { name: entry }));
  // In sight, and for screen readers.
  expect(await screen.findAllByText(failed)).not.toEqual([]);
  expect([...browser.stored.keys()]).toEqual(["a"]);
});
