import { expect, it } from "vitest";
import { assignColors } from "./series-colors";

it("gives every series a colour of its own, whatever their order", () => {
  const ids = ["gpt-5-mini", "claude-sonnet-4.6", "gemini-2.5-pro", "gpt-4.1", "gpt-5.4", "a", "b"];
  const colors = assignColors(ids);
  expect(new Set(colors.values()).size).toBe(ids.length);
  expect(assignColors([...ids].reverse())).toEqual(colors);
});
