import type { JsonObject } from "@copilot-llm/model";
import { withoutPath } from "../body/rewrite.js";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";
import type { RuleContext } from "../service-rules/service-rule.js";

export interface FittedRequest {
  /** The same object when no rule applied: the bytes may go on as they came. */
  readonly body: JsonObject;
  /** The names of the rules that changed it, in their order. */
  readonly applied: readonly string[];
}

/**
 * Fits a body that is about to go to the service to what the service takes (docs/protocols.md#rules), and leaves out
 * what the model refused before. Throws
 * `invalid_request` for what no change of form can carry.
 */
export function fitRequest(
  { rules, dispensable }: Pick<ProtocolDefinition, "rules" | "dispensable">,
  body: JsonObject,
  context: RuleContext,
): FittedRequest {
  const applied = new Set<string>();
  let fitted = body;
  for (const step of rules) fitted = step.fit(fitted, context, applied);
  for (const name of context.refused) {
    const left = dispensable.has(name) ? withoutPath(fitted, name) : fitted;
    if (left !== fitted) applied.add(`without ${name}`);
    fitted = left;
  }
  return { body: fitted, applied: [...applied] };
}
