import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { Quirks } from "../quirks.js";
import type { Refusal } from "../wires/refusal.js";
import { isInFamily } from "./model-family.js";
import { renderRuleError } from "./rule-error.js";
import type { RuleRow } from "./rule-row.js";

/** The rule that refuses a request, and the answer. */
export interface RefusedByRule {
  readonly rule: string;
  readonly refusal: Refusal;
}

/** What decides which rows hold, and in whose words they refuse. Without a model, rows for a family of models do not hold. */
export interface RuleScope {
  readonly model?: SimulatedModel;
  readonly quirks?: Quirks;
}

/** The first row that refuses; undefined when none does. */
export function findRefusal<Input>(
  rows: readonly RuleRow<Input>[],
  input: Input,
  { model, quirks }: RuleScope = {},
): RefusedByRule | undefined {
  for (const { id, models, check, error } of rows) {
    if (models !== undefined && (model === undefined || !isInFamily(model, models))) continue;
    const finding = check(input);
    if (finding !== undefined) return { rule: id, refusal: renderRuleError(error, finding, quirks) };
  }
  return undefined;
}
