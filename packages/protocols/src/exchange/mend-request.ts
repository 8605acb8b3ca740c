import type { JsonObject, UpstreamFailure } from "@copilot-llm/model";
import { withoutPath } from "../body/rewrite.js";
import type { ProtocolDefinition, WireHeaders } from "../codec/protocol-definition.js";
import { readRefusedParameter } from "../codec/refused-parameter.js";

/** A refused request without what it was refused for. */
export interface MendedBody {
  readonly body: JsonObject;
  readonly headers: WireHeaders;
  /** What was changed, for the request's record: `without temperature`. */
  readonly change: string;
  /** What the model is known not to take from now on; empty where the refusal was about this request only. */
  readonly refused: readonly string[];
}

/**
 * What may be tried once in place of a refused request: without the reasoning of earlier turns where an account refuses
 * another's, or without the one parameter that the refusal names and that the client can do without. Null when there is
 * nothing of the kind.
 */
export function mendRequest(
  protocol: ProtocolDefinition,
  { body, headers }: { readonly body: JsonObject; readonly headers: WireHeaders },
  { kind, error }: UpstreamFailure,
): MendedBody | null {
  if (kind === "invalid_signature") {
    const stripped = protocol.stripReasoning(body);
    return stripped === null ? null : { body: stripped, headers, change: "without earlier reasoning", refused: [] };
  }
  if (kind !== "rejected" || error.status !== 400) return null;
  const accepted = protocol.withoutRefusedHeaders?.(headers, error.message) ?? null;
  if (accepted !== null) return { body, headers: accepted.headers, ...tell(accepted.refused, true) };
  const parameter = readRefusedParameter(error);
  if (parameter === null || !protocol.dispensable.has(parameter.name)) return null;
  const left = withoutPath(body, parameter.name);
  return left === body ? null : { body: left, headers, ...tell([parameter.name], parameter.isLasting) };
}

function tell(names: readonly string[], isLasting: boolean): Pick<MendedBody, "change" | "refused"> {
  return { change: `without ${names.join(", ")}`, refused: isLasting ? names : [] };
}
