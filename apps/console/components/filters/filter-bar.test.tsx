import type { RequestCounts } from "@copilot-llm/gateway/admin-api";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { FilterBar } from "./filter-bar";
import type { FilterField, FilterValues } from "./filter-field";

const fields: readonly FilterField[] = [
  {
    id: "state",
    label: "State",
    options: [
      { value: "active", label: "Active" },
      { value: "idle", label: "Idle" },
    ],
    countedAs: "status",
  },
  {
    id: "size",
    label: "Size",
    options: [{ value: "10", label: "10 things" }],
    labelOf: (value) => `${value} things`,
    readTyped: (text) => (/^\d+$/u.test(text) ? { value: text, label: `${text} things` } : null),
  },
];

const span = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 2, 2) };
const counts: RequestCounts = { model: {}, key: {}, token: {}, protocol: {}, status: { active: 12_345 }, code: {} };

function FilteredList() {
  const [values, setValues] = useState<FilterValues>({ state: ["active"] });
  const [q, setQ] = useState("mia");
  return (
    <FilterBar
      fields={fields}
      countedSpan={span}
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
  stubGateway({ "GET /api/stats/counts": () => counts });
  renderInConsole(<FilteredList />);
  fireEvent.click(screen.getByRole("button", { name: "Filter" }));
  fireEvent.click(await screen.findByRole("option", { name: "Size" }));
  const input = await screen.findByRole("combobox", { name: "Size" });
  fireEvent.change(input, { target: { value: "37" } });
  fireEvent.click(await screen.findByRole("option", { name: "37 things" }));
  expect(await screen.findByTitle("37 things")).toBeDefined();
});

it("tells how many requests of the span each value holds, once somebody looks", async () => {
  const seen = stubGateway({ "GET /api/stats/counts": () => counts });
  renderInConsole(<FilteredList />);
  expect(seen).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Filter" }));
  fireEvent.click(await screen.findByRole("option", { name: "State" }));
  expect((await screen.findByTitle("12,345 requests")).textContent).toBe("12.3K");
  expect(screen.getByTitle("0 requests").textContent).toBe("0");
  fireEvent.click(screen.getByRole("option", { name: /Idle/u }));
  expect(await screen.findByTitle("Idle")).toBeDefined();
  const query = new URLSearchParams({ from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" });
  expect(seen.map(({ path }) => path)).toEqual([`/api/stats/counts?${query}`]);
});
