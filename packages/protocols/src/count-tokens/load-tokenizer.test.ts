import { expect, test } from "vitest";
import { loadTokenizer } from "./load-tokenizer.js";

// "antidisestablishmentarianism" is divided differently by the two.
test.each([
  ["o200k_base", [493, 129901, 376, 160388, 21203, 2367]],
  ["cl100k_base", [519, 85342, 34500, 479, 8997, 2191]],
])("reads and counts with %s", async (name, tokens) => {
  const tokenizer = await loadTokenizer({ tokenizer: name });
  expect(tokenizer.decodeTokens(tokens)).toBe("antidisestablishmentarianism");
  expect(tokenizer.countTokens("antidisestablishmentarianism")).toBe(tokens.length);
});

test("an unknown name stands for the newest encoding", async () => {
  const newest = await loadTokenizer({ tokenizer: "o200k_base" });
  const unknown = await loadTokenizer({ tokenizer: "claude" });
  expect(unknown.countTokens("Здравствуйте")).toBe(newest.countTokens("Здравствуйте"));
});

test("names of special tokens in a prompt are text", async () => {
  const tokenizer = await loadTokenizer({ tokenizer: null });
  expect(tokenizer.countTokens("<|endoftext|>")).toBeGreaterThan(1);
});

test("a number that is no token is an error", async () => {
  const tokenizer = await loadTokenizer({ tokenizer: "cl100k_base" });
  expect(() => tokenizer.decodeTokens([-1])).toThrow();
  expect(() => tokenizer.decodeTokens([1e9])).toThrow();
});
