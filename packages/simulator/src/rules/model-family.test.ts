import { describe, expect, it } from "vitest";
import { createModel } from "../catalogue/create-model.js";
import { type FamilyName, isInFamily } from "./model-family.js";

const limits = { contextTokens: 1, maxPromptTokens: 1, maxOutputTokens: 1, multiplier: 0 };
const modelOf = (id: string) => createModel({ id, name: id, vendor: "xai", endpoints: ["/responses"], ...limits });

const members: Partial<
  Record<FamilyName, { readonly inside: readonly string[]; readonly outside: readonly string[] }>
> = {
  "openai-reasoning": {
    inside: ["gpt-5-mini", "gpt-5.3-codex", "gpt-6.1-sol", "o1", "o3-mini", "o4-mini"],
    outside: ["gpt-4.1", "gpt-4o", "gpt-4o-2024-11-20", "grok-5", "claude-sonnet-5"],
  },
  "claude-one-sampling-parameter": {
    inside: ["claude-opus-4.1", "claude-haiku-4.5", "claude-sonnet-4-6", "claude-sonnet-5"],
    outside: ["claude-sonnet-4", "claude-opus-4", "claude-3.7-sonnet", "claude-sonnet-4-20250514"],
  },
  "claude-without-sampling": {
    inside: ["claude-opus-4.7", "claude-opus-4-8", "claude-opus-5.5", "claude-sonnet-5", "claude-haiku-5.1"],
    outside: ["claude-opus-4.6", "claude-sonnet-4.7", "claude-haiku-4.5"],
  },
};

describe.each(Object.entries(members))("the models of %s", (name, { inside, outside }) => {
  it.each(inside)("hold %s", (id) => expect(isInFamily(modelOf(id), name as FamilyName)).toBe(true));
  it.each(outside)("leave %s out", (id) => expect(isInFamily(modelOf(id), name as FamilyName)).toBe(false));
});
