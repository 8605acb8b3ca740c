import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import { FilterBar } from "./filter-bar";
import type { FilterField, FilterValues } from "./filter-field";

const fields: readonly FilterField[] = [
  { id: "state", label: "State", options: [{ value: "active", label: "Active" }] },
  {
    id: "size",
    label: "Size",
    options: [{ value: "10", label: "10 things" }],
    labelOf: (value) => `${value} things`,
    readTyped: (text) => (/^\d+$/u.test(text) ? { value: text, label: `${text} things` } : null),
  },
];

function FilteredList() {
  const [values, setValues] = useState<FilterValues>({ state: ["active"] });
  const [q, setQ] = useState("mia");
  return (
    <FilterBar
      fields={fields}
      values={values}
      onChange={(id, chosen) => setValues((known) => ({ ...known, [id]: chosen }))}
      search={{ value: q, onChange: setQ, placeholder: "Search" }}
      onClear={() => {
        setValues({});
        setQ("");
      }}
    />
  );
}

it("clears what was chosen and searched, and brings all of it back", async () => {
  renderInConsole(<FilteredList />);
  const search = screen.getByRole<HTMLInputElement>("searchbox");
  fireEvent.click(screen.getByRole("button", { name: "Clear" }));
  await waitFor(() => expect(search.value).toBe(""));
  expect(screen.queryByText("Active")).toBeNull();
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(search.value).toBe("mia"));
  expect(screen.getByText("Active")).toBeDefined();
});

it("takes a value that is typed where the field can read it", async () => {
  renderInConsole(<FilteredList />);
  fireEvent.click(screen.getByRole("button", { name: "Filter" }));
  fireEvent.click(await screen.findByRole("option", { name: "Size" }));
  const input = await screen.findByRole("combobox", { name: "Size" });
  fireEvent.change(input, { target: { value: "37" } });
  fireEvent.click(await screen.findByRole("option", { name: "37 things" }));
  expect(await screen.findByTitle("37 things")).toBeDefined();
});
