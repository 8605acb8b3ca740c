import { describe, expect, it } from "vitest";
import { parseNextPath } from "./parse-next-path";

describe("parseNextPath", () => {
  it("keeps a path of the console with its query", () => {
    expect(parseNextPath("/keys/?new=1#limits")).toBe("/keys/?new=1#limits");
  });

  it.each([
    null,
    "",
    "keys",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/./\\/evil.example",
    "javascript:alert(1)",
  ])("sends %j to the overview", (wanted) => {
    expect(parseNextPath(wanted)).toBe("/");
  });
});
