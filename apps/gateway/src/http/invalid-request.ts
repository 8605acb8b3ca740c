import { GatewayError } from "@copilot-llm/model";
import { describeIssue, type InputIssue } from "./describe-issue.js";

/** As zod tells it. */
export interface InvalidInput {
  readonly issues: readonly InputIssue[];
}

/**
 * The refusal of an input: the first field at fault, named, and what it must be. `input` is what did not fit, and `whole`
 * what it is called where no field is at fault.
 */
export function invalidRequest({ issues }: InvalidInput, input: unknown, whole: string): GatewayError {
  const [issue] = issues;
  if (issue === undefined) return new GatewayError("invalid_request", `${whole} is not valid.`);
  const param = issue.path.join(".");
  // Whoever closed the schema knows which fields there are, and says the whole sentence.
  if (issue.code === "unrecognized_keys") return new GatewayError("invalid_request", issue.message, { param });
  const subject = param === "" ? whole : `\`${param}\``;
  const words = describeIssue(issue, valueAt(input, issue.path) === undefined);
  return new GatewayError("invalid_request", `${subject} ${words}.`, { param });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (value: unknown, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part],
    input,
  );
}
