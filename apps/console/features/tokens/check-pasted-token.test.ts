import { describe, expect, it } from "vitest";
import { checkPastedToken, parsePastedLines } from "./check-pasted-token";

describe("checkPastedToken", () => {
  it.each([
    ["github_pat_0123456789", null],
    [" gho_0123456789\n", null],
    ["", "required"],
    ["  ", "required"],
    ["ghp_0123456789abcdef", "classic"],
    ["gho_1", "tooShort"],
  ])("finds in %j: %s", (pasted, problem) => {
    expect(checkPastedToken(pasted)).toBe(problem);
  });
});

it("reads lines of alias and token, and says which one is wrong", () => {
  const lines = parsePastedLines(
    "alice=gho_0123456789\n\n bob = ghp_0123456789 \ngho_0123456789\nalice=gho_9876543210\n",
  );
  expect(lines.map(({ alias, problem }) => [alias, problem])).toEqual([
    ["alice", null],
    ["bob", "classic"],
    ["", "noAlias"],
    ["alice", "twice"],
  ]);
  expect(lines[1]?.token).toBe("ghp_0123456789");
});
