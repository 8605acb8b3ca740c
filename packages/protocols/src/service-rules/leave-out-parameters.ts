import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { withoutMembers } from "../body/rewrite.js";
import { createRule, type RuleStep, type ServiceRule } from "./service-rule.js";

/** Parameters by name; each says which of its values the service takes all the same. */
export type RefusedParameters = Readonly<Record<string, (value: JsonValue) => boolean>>;

/** For a parameter that is refused whatever its value. */
export const never = (): boolean => false;

/** A rule that leaves parameters out. An absent `when` means always. */
export function leaveOut({
  parameters,
  when,
  ...rule
}: ServiceRule & {
  readonly parameters: RefusedParameters;
  when?(body: JsonObject): boolean;
}): RuleStep {
  const names = Object.keys(parameters);
  const isRefused = (body: JsonObject, name: string): boolean => {
    const value = body[name];
    return value !== undefined && value !== null && parameters[name]?.(value) === false;
  };
  return createRule({
    ...rule,
    rewrite(body) {
      if (!names.some((name) => isRefused(body, name)) || when?.(body) === false) return body;
      return withoutMembers(
        body,
        names.filter((name) => isRefused(body, name)),
      );
    },
  });
}
