import { describe, expect, it } from "vitest";
import { type FamilyName, isInFamily, parseModelName } from "./model-family.js";

const isIn = (id: string, family: FamilyName, vendor = "unknown") => isInFamily(parseModelName({ id, vendor }), family);

describe("parseModelName", () => {
  it.each([
    ["claude-opus-4.7", "claude-opus", [4, 7]],
    ["claude-opus-4-7", "claude-opus", [4, 7]],
    ["claude-opus-41", "claude-opus", [4, 1]],
    ["claude-sonnet-4-20250514", "claude-sonnet", [4, 0]],
    ["claude-3.5-sonnet", "claude", [3, 5]],
    ["claude-3-7-sonnet-latest", "claude", [3, 7]],
    ["gpt-5-mini", "gpt", [5, 0]],
    ["gpt-5.3-codex", "gpt", [5, 3]],
    ["GPT-4o", "gpt", [4, 0]],
    ["gpt-4-0125-preview", "gpt", [4, 0]],
    ["gpt-41-copilot", "gpt", [4, 1]],
    ["gpt-10", "gpt", [10, 0]],
    ["o3-mini", "o", [3, 0]],
    ["gemini-2.5-pro", "gemini", [2, 5]],
    ["oswe-vscode-prime", "oswe-vscode-prime", [0, 0]],
    ["", "", [0, 0]],
  ])("%s is line %s, version %j", (id, line, version) => {
    expect(parseModelName({ id, vendor: "X" })).toEqual({ vendor: "x", line, version });
  });
});

describe("isInFamily", () => {
  it.each<[family: FamilyName, members: readonly string[], others: readonly string[]]>([
    [
      "claude-without-sampling",
      ["claude-opus-4.7", "claude-opus-4-8", "claude-opus-5", "claude-sonnet-5", "claude-haiku-5.5", "claude-fable-6"],
      ["claude-opus-4.6", "claude-sonnet-4.6", "claude-opus-41", "claude-3-7-sonnet", "gpt-5.4"],
    ],
    [
      "claude-one-sampling-parameter",
      ["claude-opus-4.1", "claude-opus-41", "claude-sonnet-4.5", "claude-haiku-4.5", "claude-sonnet-5"],
      ["claude-sonnet-4", "claude-3.7-sonnet", "claude-opus-4", "o3"],
    ],
    ["claude-without-prefill", ["claude-sonnet-5", "claude-sonnet-5.5"], ["claude-sonnet-4.6", "claude-opus-5"]],
    [
      "openai-reasoning",
      ["gpt-5-mini", "gpt-5.4", "gpt-6.1-sol", "o1", "o3-mini", "o4-mini"],
      [
        "gpt-4.1",
        "gpt-4o",
        "gpt-41-copilot",
        "gpt-3.5-turbo",
        "claude-opus-5",
        "oswe-vscode-prime",
        "grok-code-fast-1",
      ],
    ],
  ])("%s", (family, members, others) => {
    expect(members.filter((id) => !isIn(id, family))).toEqual([]);
    expect(others.filter((id) => isIn(id, family))).toEqual([]);
  });

  it("goes by the maker too, in whatever form the catalogue names it", () => {
    expect(isIn("codename", "claude", "Anthropic")).toBe(true);
    expect(isIn("codename", "gemini", "Google")).toBe(true);
    expect(isIn("gemini-3-flash", "gemini")).toBe(true);
    expect(isIn("codename", "gemini", "Azure OpenAI")).toBe(false);
  });
});
