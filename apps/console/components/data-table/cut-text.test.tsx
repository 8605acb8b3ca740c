import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import type { DataColumn } from "./data-column";
import { DataTable } from "./data-table";

const long = "a name that is longer than its column is wide";

interface Item {
  id: string;
  name: string;
}

const columns: readonly DataColumn<Item>[] = [
  { id: "name", header: "Name", isTitle: true, cell: ({ name }) => <span className="block truncate">{name}</span> },
  { id: "note", header: "Note", cell: () => <span title="Told already">{long}</span> },
];

/** As a browser lays it out: what has more than 20 letters is wider than its column. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(100);
  vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockImplementation(function (this: HTMLElement) {
    return this.tagName === "SPAN" && (this.textContent ?? "").length > 20 ? 200 : 100;
  });
  renderInConsole(
    <DataTable
      caption="Items"
      rows={[
        { id: "1", name: long },
        { id: "2", name: "short" },
      ]}
      columns={columns}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      href={({ id }) => `/items/?id=${id}`}
      onOpen={() => undefined}
    />,
  );
});
afterEach(() => vi.restoreAllMocks());

const nameOf = (text: string) => screen.getAllByText(text, { selector: "a span" })[0] ?? document.body;

it("tells a cut text as a whole when the pointer comes to it, and none that is not cut or told already", () => {
  for (const text of [long, "short"]) fireEvent.pointerOver(nameOf(text));
  expect(nameOf(long).title).toBe(long);
  expect(nameOf("short").hasAttribute("title")).toBe(false);
  fireEvent.pointerOver(screen.getAllByTitle("Told already")[0] ?? document.body);
  expect(screen.getAllByTitle("Told already")).toHaveLength(2);
});

it("tells no more where there is room again", () => {
  const name = nameOf(long);
  fireEvent.pointerOver(name);
  vi.spyOn(HTMLElement.prototype, "scrollWidth", "get").mockReturnValue(100);
  fireEvent.pointerOver(name);
  expect(name.hasAttribute("title")).toBe(false);
});

it("shows the whole of a cut name while the keyboard is on its row", () => {
  const shown = () => screen.queryAllByText(long, { selector: "[aria-hidden]" });
  const focus = (text: string) => act(() => nameOf(text).closest("a")?.focus());
  focus("short");
  expect(shown()).toHaveLength(0);
  focus(long);
  expect(shown()).toHaveLength(1);
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
  expect(shown()).toHaveLength(0);
  focus("short");
  focus(long);
  expect(shown()).toHaveLength(1);
  act(() => nameOf(long).closest("a")?.blur());
  expect(shown()).toHaveLength(0);
});
