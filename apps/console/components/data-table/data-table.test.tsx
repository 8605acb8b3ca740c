import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import type { DataColumn } from "./data-column";
import { DataTable } from "./data-table";

interface Item {
  id: string;
  name: string;
}

const first: Item = { id: "1", name: "first" };

/** How often each row was rendered. */
function createColumns(rendered: string[]): readonly DataColumn<Item>[] {
  return [
    {
      id: "name",
      header: "Name",
      isTitle: true,
      cell: ({ name }) => {
        rendered.push(name);
        return name;
      },
    },
  ];
}

const openNothing = () => undefined;

function GrowingTable({ columns }: { columns: readonly DataColumn<Item>[] }) {
  const [rows, setRows] = useState<readonly Item[]>([first, { id: "2", name: "second" }]);
  return (
    <>
      <button type="button" onClick={() => setRows([...rows, { id: "3", name: "third" }])}>
        More
      </button>
      <button type="button" onClick={() => setRows([{ ...first, name: "renamed" }, ...rows.slice(1)])}>
        Rename
      </button>
      <DataTable
        caption="Items"
        rows={rows}
        columns={columns}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        href={({ id }) => `/items/?id=${id}`}
        onOpen={openNothing}
        renderSelectionActions={(ids) => <span>{ids.join(" and ")}</span>}
      />
    </>
  );
}

it("renders the rows that come or change, and leaves those that stand as they are", () => {
  const rendered: string[] = [];
  renderInConsole(<GrowingTable columns={createColumns(rendered)} />);
  rendered.splice(0);
  fireEvent.click(screen.getByRole("button", { name: "More" }));
  expect(rendered).toEqual(["third"]);
  rendered.splice(0);
  fireEvent.click(screen.getByRole("button", { name: "Rename" }));
  expect(rendered).toEqual(["renamed"]);
  expect(screen.getByRole("row", { name: /renamed/u })).toBeDefined();
});

it("ticks single rows and all of them, with shift all between", () => {
  renderInConsole(<GrowingTable columns={createColumns([])} />);
  fireEvent.click(screen.getByRole("button", { name: "More" }));
  fireEvent.click(screen.getByRole("checkbox", { name: "Select first" }));
  expect(screen.getByText("1", { selector: "span" })).toBeDefined();
  fireEvent.click(screen.getByRole("checkbox", { name: "Select third" }), { shiftKey: true });
  expect(screen.getByText("1 and 2 and 3")).toBeDefined();
  fireEvent.click(screen.getByRole("checkbox", { name: "Select second" }));
  expect(screen.getByText("1 and 3")).toBeDefined();
});
