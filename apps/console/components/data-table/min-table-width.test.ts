import { expect, it } from "vitest";
import { minTableWidth } from "./min-table-width";

it("is what the columns ask for, and room to read those that share the rest", () => {
  expect(minTableWidth(["2.75rem", "6rem"])).toBe("8.75rem");
  expect(minTableWidth(["6rem", "25%", undefined])).toBe("27rem");
});
