import { describe, expect, it } from "vitest";
import { closeMatches } from "./close-matches.js";
import { spellingCandidates } from "./spelling-candidates.js";

describe("spellingCandidates", () => {
  it.each([
    ["claude-sonnet-4-5-20250929", "claude-sonnet-4.5"],
    ["claude-haiku-4-5-20251001", "claude-haiku-4.5"],
    ["claude-sonnet-4-20250514", "claude-sonnet-4"],
    ["claude-3-5-sonnet-20241022", "claude-3.5-sonnet"],
    ["claude-opus-4-6[1m]", "claude-opus-4.6"],
    ["claude-opus-4-6-1m", "claude-opus-4.6"],
    ["claude-sonnet-4.5-thinking", "claude-sonnet-4.5"],
    ["claude-sonnet-4-5-20250929-thinking[1m]", "claude-sonnet-4.5"],
    ["claude-sonnet-4.5", "claude-sonnet-4-5"],
    ["gpt-5-4-mini", "gpt-5.4-mini"],
    ["gpt-5.4-xhigh", "gpt-5.4"],
    ["gpt-5.4-high", "gpt-5.4"],
  ])("%s may mean %s", (asked, expected) => {
    expect(spellingCandidates(asked)).toContain(expected);
  });

  it.each([
    ["gpt-4o-2024-08-06", []],
    ["gpt-4-0613", []],
    ["claude-opus", []],
    ["gpt-5-mini", []],
    ["gpt-5.1-codex-max", ["gpt-5-1-codex-max"]],
    ["o3-mini", []],
  ])("%s may mean only %j: dates, sizes and families are kept", (asked, expected) => {
    expect(spellingCandidates(asked)).toEqual(expected);
  });

  it("puts the least changed spelling first and never the id itself", () => {
    const candidates = spellingCandidates("claude-sonnet-4-5-20250929");
    expect(candidates[0]).toBe("claude-sonnet-4-5");
    expect(candidates).not.toContain("claude-sonnet-4-5-20250929");
  });

  it("stays small for a name made to multiply", () => {
    expect(spellingCandidates("a1-1".repeat(60)).length).toBeLessThan(80);
  });
});

describe("closeMatches", () => {
  const known = ["gpt-4o", "gpt-4.1", "gpt-5-mini", "claude-opus-4.6", "claude-sonnet-4.5", "claude-haiku-4.5"];

  it("names the likeliest first", () => {
    expect(closeMatches("gpt-4p", known, 3)[0]).toBe("gpt-4o");
    expect(closeMatches("claude-sonnet-45", known, 1)).toEqual(["claude-sonnet-4.5"]);
    expect(closeMatches("Claude-Opus", known, 2)).toEqual(["claude-opus-4.6"]);
  });

  it("names nothing for something else, and each id once", () => {
    expect(closeMatches("llama-3.3-70b-instruct", known, 3)).toEqual([]);
    expect(closeMatches("gpt-4o", ["gpt-4o", "gpt-4o"], 5)).toEqual(["gpt-4o"]);
  });
});
