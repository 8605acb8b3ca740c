import type { Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { canThink } from "../canonical/fit-reasoning.js";
import type { CanonicalRequest, ReasoningRequest } from "../canonical/request.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { wireOf } from "./protocols.js";

const none: ReasoningRequest = { mode: null, effort: null, budgetTokens: null, summary: null };
const base = wireOf("openai-chat").decodeRequest({ model: "m", messages: [{ role: "user", content: "x" }] }).request;
const { supports } = catalogueModel();
const models = {
  efforts: catalogueModel({
    supports: {
      ...supports,
      adaptiveThinking: false,
      maxThinkingBudgetTokens: null,
      reasoningEfforts: ["low", "medium", "high"],
    },
  }),
  budget: catalogueModel({ supports: { ...supports, adaptiveThinking: false, reasoningEfforts: [] } }),
  adaptive: catalogueModel(),
  plain: catalogueModel({
    supports: { ...supports, adaptiveThinking: false, maxThinkingBudgetTokens: null, reasoningEfforts: [] },
  }),
};

function fitted(
  wire: Wire,
  model: keyof typeof models,
  asked: Partial<ReasoningRequest> | null,
  changes: Partial<CanonicalRequest> = {},
) {
  const reasoning = asked === null ? null : { ...none, ...asked };
  const request = { ...base, ...changes, reasoning };
  return canThink(models[model]) ? wireOf(wire).fitReasoning(request, models[model]) : null;
}

describe("reasoning as the model takes it", () => {
  it.each<[Wire, keyof typeof models, Partial<ReasoningRequest> | null, Partial<ReasoningRequest> | null]>([
    ["openai-chat", "efforts", { effort: "high" }, { effort: "high" }],
    ["openai-chat", "efforts", { effort: "xhigh" }, { effort: "high" }],
    ["openai-chat", "efforts", { mode: "enabled", budgetTokens: 31999 }, { effort: "high" }],
    ["openai-chat", "efforts", { mode: "enabled", budgetTokens: 2000 }, { effort: "low" }],
    ["openai-chat", "efforts", { mode: "disabled" }, { effort: "low" }],
    ["openai-chat", "efforts", { mode: "adaptive" }, {}],
    ["openai-chat", "budget", { effort: "low" }, { budgetTokens: 4096 }],
    ["openai-chat", "plain", { effort: "high" }, null],
    ["openai-responses", "efforts", { mode: "adaptive", effort: "low" }, { effort: "low", summary: "auto" }],
    ["openai-responses", "efforts", null, { summary: "auto" }],
    ["openai-responses", "plain", null, null],
    ["anthropic-messages", "adaptive", { effort: "medium" }, { mode: "adaptive", effort: "low" }],
    ["anthropic-messages", "budget", { effort: "medium" }, { mode: "enabled", budgetTokens: 12_288 }],
    [
      "anthropic-messages",
      "budget",
      { mode: "enabled", budgetTokens: 99_999 },
      { mode: "enabled", budgetTokens: 32_000 },
    ],
    ["anthropic-messages", "budget", { effort: "none" }, { mode: "disabled" }],
    ["anthropic-messages", "plain", { effort: "high" }, null],
    ["anthropic-messages", "adaptive", null, null],
  ])("%s, a model with %s: %j becomes %j", (wire, model, asked, expected) => {
    expect(fitted(wire, model, asked)).toEqual(expected === null ? null : { ...none, ...expected });
  });

  it("keeps a budget below the answer's limit, or leaves thinking out", () => {
    const asked = { mode: "enabled", budgetTokens: 9000 } as const;
    expect(fitted("anthropic-messages", "budget", asked, { maxOutputTokens: 5000 })).toMatchObject({
      budgetTokens: 4999,
    });
    expect(fitted("anthropic-messages", "budget", asked, { maxOutputTokens: 500 })).toBeNull();
  });
});
