import type { JsonObject } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import type { ReasoningPart } from "../canonical/part.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import type { AnswerContext } from "../codec/wire-codec.js";

const wire = "anthropic-messages";
const omitted = "omitted";

/** The settings of a request that its answer goes by: whether thoughts are to be given without their text. */
export function pickSettings({ thinking }: JsonObject): JsonObject {
  return isObject(thinking) && thinking.display === omitted ? { thinking: { display: omitted } } : {};
}

/** True when the client wants thoughts by their seals only. */
export function omitsThoughts({ settings }: Pick<AnswerContext, "settings">): boolean {
  const thinking = settings?.thinking;
  return isObject(thinking) && thinking.display === omitted;
}

/**
 * A thought as a whole block; null when there is nothing in it. Without text it is a redacted one, because clients drop
 * the turn of an empty one, unless they asked for it or it came so (docs/client-requirements.md#empty-thinking).
 */
export function encodeThought(
  { text, opaque }: Pick<ReasoningPart, "opaque" | "text">,
  isOmitted: boolean,
): JsonObject | null {
  const shown = isOmitted ? "" : text;
  if (shown === "" && opaque === null) return null;
  const sealed = sealReasoning(opaque, wire);
  const mayBeEmpty = opaque?.redacted === false && (isOmitted || opaque.wire === wire);
  return shown === "" && !mayBeEmpty
    ? { type: "redacted_thinking", data: sealed }
    : { type: "thinking", thinking: shown, signature: sealed };
}
