import type { CatalogueModel, JsonObject } from "@copilot-llm/model";
import { type FamilyName, isInFamily, type ModelName, parseModelName } from "./model-family.js";

/** One thing that the service takes otherwise than the client's API says. */
export interface ServiceRule {
  /** Unique within its wire; stands in the request's record and in docs/protocols.md. */
  readonly name: string;
  /** Where it is known from: `repository#number`, whose documentation, or an anchor of docs/copilot-service.md. */
  readonly source: string;
  /** Holds for these models only. */
  readonly models?: FamilyName;
}

/** What the rules must know besides the body. */
export interface RuleContext {
  readonly model: CatalogueModel;
  /** What the model's id says. */
  readonly name: ModelName;
  /** Parameters that the model refused a while ago although no rule says so. */
  readonly refused: readonly string[];
  /** Text of a token array, by the model's tokenizer; absent where none is at hand. */
  readonly decodeTokens?: (tokens: readonly number[]) => string;
}

/** One pass over a body that is about to go up, for one rule or for several that look at the same places. */
export interface RuleStep {
  readonly rules: readonly ServiceRule[];
  /** The body as the service takes it; the same object when there is nothing to change. Adds the names of the rules that changed it. */
  fit(body: JsonObject, context: RuleContext, applied: Set<string>): JsonObject;
}

export function createRuleContext(
  model: CatalogueModel,
  { refused = [], decodeTokens }: Partial<Pick<RuleContext, "decodeTokens" | "refused">> = {},
): RuleContext {
  const context = { model, name: parseModelName(model), refused };
  return decodeTokens === undefined ? context : { ...context, decodeTokens };
}

/** A step for one rule. */
export function createRule({
  rewrite,
  ...rule
}: ServiceRule & { rewrite(body: JsonObject, context: RuleContext): JsonObject }): RuleStep {
  return {
    rules: [rule],
    fit(body, context, applied) {
      if (rule.models !== undefined && !isInFamily(context.name, rule.models)) return body;
      const fitted = rewrite(body, context);
      if (fitted !== body) applied.add(rule.name);
      return fitted;
    },
  };
}
