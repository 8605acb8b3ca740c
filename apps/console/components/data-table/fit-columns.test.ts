import { expect, it } from "vitest";
import { fitColumns } from "./fit-columns";

const columns = [
  { id: "name", header: "Name", cell: () => "" },
  { id: "state", header: "State", width: "10rem", cell: () => "" },
  { id: "speed", header: "Speed", width: "6rem", givesWay: true, cell: () => "" },
  { id: "cost", header: "Cost", width: "6rem", cell: () => "" },
  { id: "errors", header: "Errors", width: "5rem", givesWay: true, cell: () => "" },
];

it("hides nothing where all fit", () => {
  expect(fitColumns(columns, 39)).toEqual([]);
});

it("hides the last that give way, and no more than has to be", () => {
  expect(fitColumns(columns, 38)).toEqual(["errors"]);
  expect(fitColumns(columns, 30)).toEqual(["errors", "speed"]);
  expect(fitColumns(columns, 10)).toEqual(["errors", "speed"]);
});
