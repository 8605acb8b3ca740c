import { type ApiKey, defaultSettings } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { restrictTokens } from "./restrict-tokens.js";

const accounts = { has: (id: string) => id === "tok_a" || id === "tok_b" };

function keyBoundTo(githubTokenIds: readonly string[] | null): ApiKey {
  return {
    id: "key_a",
    alias: "a",
    keyHash: "",
    keyPreview: "",
    enabled: true,
    createdAtMs: 0,
    createdBy: null,
    note: "",
    expiresAtMs: null,
    githubTokenIds,
    teamId: null,
    seat: null,
    replaced: null,
    ...defaultSettings.keyDefaults,
  };
}

test("without a binding and without a wish any token may serve", () => {
  expect(restrictTokens(accounts, null, null)).toBeNull();
  expect(restrictTokens(accounts, keyBoundTo(null), null)).toBeNull();
  expect(restrictTokens(accounts, keyBoundTo(null), "tok_b")).toEqual(["tok_b"]);
});

test("a bound key uses its own tokens, and one of them on request", () => {
  const key = keyBoundTo(["tok_a", "tok_gone"]);
  expect(restrictTokens(accounts, key, null)).toContain("tok_a");
  expect(restrictTokens(accounts, key, "tok_a")).toEqual(["tok_a"]);
  expect(() => restrictTokens(accounts, key, "tok_b")).toThrow(expect.objectContaining({ code: "permission_denied" }));
  expect(() => restrictTokens(accounts, key, "tok_x")).toThrow(expect.objectContaining({ code: "invalid_request" }));
});

test("a key whose tokens were all deleted is refused, and never gets any token instead", () => {
  const key = keyBoundTo(["tok_gone"]);
  const refusal = expect.objectContaining({ code: "permission_denied", message: expect.stringMatching(/deleted/) });
  expect(() => restrictTokens(accounts, key, null)).toThrow(refusal);
  expect(() => restrictTokens(accounts, key, "tok_b")).toThrow(refusal);
});
