import { describe, expect, it } from "vitest";
import { splitBlocks } from "./split-blocks";

describe("splitBlocks", () => {
  it("cuts between paragraphs, and loses nothing", () => {
    const text = "One\nmore\n\nTwo\n\n\nThree";
    expect(splitBlocks(text)).toEqual(["One\nmore\n", "Two\n\n", "Three"]);
    expect(splitBlocks(text).join("\n")).toBe(text);
  });

  it("keeps fences of code and lists whole", () => {
    expect(splitBlocks("```js\na\n\nb\n```\n\nEnd")).toEqual(["```js\na\n\nb\n```\n", "End"]);
    expect(splitBlocks("- a\n\n- b\n\n  c\n\n1. d")).toHaveLength(1);
    expect(splitBlocks("````\n```\n\nx\n````")).toHaveLength(1);
  });

  it("gives nothing for nothing", () => {
    expect(splitBlocks("")).toEqual([]);
    expect(splitBlocks("\n \n")).toEqual([]);
  });
});
