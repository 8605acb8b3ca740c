import type { UpstreamErrorInfo } from "@copilot-llm/model";

/** How a service says that it does not take a parameter. The first group of the pattern is the parameter's name. */
interface Wording {
  readonly pattern: RegExp;
  /** The model takes none at all; else the refusal is about this value, or about what stands beside it. */
  readonly isLasting: boolean;
}

const name = "[`'\"]?([a-z][\\w.]*)[`'\"]?";

/** As the service, and the APIs behind it, are known to word it (docs/copilot-service.md#error-shapes). */
export const refusalWordings: readonly Wording[] = [
  { pattern: new RegExp(`unsupported parameter: ${name}`, "i"), isLasting: true },
  { pattern: new RegExp(`unsupported value: ${name}`, "i"), isLasting: false },
  { pattern: new RegExp(`${name} is deprecated for this model`, "i"), isLasting: true },
  { pattern: new RegExp(`${name} is not supported (?:with|by|for) this model`, "i"), isLasting: true },
  { pattern: new RegExp(`^${name} "[^"]*" was provided, but model`, "i"), isLasting: true },
  { pattern: new RegExp(`^${name} "[^"]*" is not supported by model`, "i"), isLasting: false },
  { pattern: new RegExp(`unrecognized request argument supplied: ${name}`, "i"), isLasting: true },
  { pattern: new RegExp(`unknown parameter: ${name}`, "i"), isLasting: true },
  { pattern: new RegExp(`^${name}: Extra inputs are not permitted`, "i"), isLasting: true },
  {
    pattern: new RegExp(`${name} (?:may only be set to|must be unset|must be greater than or equal)`, "i"),
    isLasting: false,
  },
  { pattern: new RegExp(`and ${name} cannot both be specified`, "i"), isLasting: false },
];

export interface RefusedParameter {
  /** Dotted where it stands inside another. */
  readonly name: string;
  readonly isLasting: boolean;
}

/** The one parameter that a refusal names; null when it names none. */
export function readRefusedParameter({ message }: UpstreamErrorInfo): RefusedParameter | null {
  for (const { pattern, isLasting } of refusalWordings) {
    const found = pattern.exec(message)?.[1];
    if (found !== undefined) return { name: found, isLasting };
  }
  return null;
}
