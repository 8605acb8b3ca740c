import type { JsonObject } from "@copilot-llm/model";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";
import type { QuirkContext } from "../codec/quirk.js";

export interface QuirkResult {
  /** The same object when no quirk applied: the bytes may go on as they came. */
  readonly body: JsonObject;
  /** The names of the quirks that applied. */
  readonly applied: readonly string[];
}

/**
 * Changes a body that is about to go to the service where the service is known to refuse it (docs/copilot-service.md).
 */
export function applyQuirks(
  { quirks }: Pick<ProtocolDefinition, "quirks">,
  body: JsonObject,
  context: QuirkContext,
): QuirkResult {
  const applied: string[] = [];
  let current = body;
  for (const quirk of quirks) {
    const next = quirk.rewrite(current, context);
    if (next !== current) applied.push(quirk.name);
    current = next;
  }
  return { body: current, applied };
}
