import type { JsonObject, Protocol } from "@copilot-llm/model";
import { anthropicMessagesQuirks } from "../anthropic-messages/quirks.js";
import type { Quirk, QuirkContext } from "../codec/quirk.js";
import { openaiChatQuirks } from "../openai-chat/quirks.js";
import { openaiEmbeddingsQuirks } from "../openai-embeddings/quirks.js";
import { openaiResponsesQuirks } from "../openai-responses/quirks.js";

export type { QuirkContext } from "../codec/quirk.js";

/** Every rule, in the order they are applied. */
export const quirks: readonly Quirk[] = [
  ...openaiChatQuirks,
  ...openaiResponsesQuirks,
  ...anthropicMessagesQuirks,
  ...openaiEmbeddingsQuirks,
];

export interface QuirkResult {
  /** The same object when no quirk applied: the bytes may go on as they came. */
  readonly body: JsonObject;
  /** The names of the quirks that applied. */
  readonly applied: readonly string[];
}

/** Changes a body that is about to go to the service where the service is known to refuse it (upstream.md B6-B9). */
export function applyQuirks(wire: Protocol, body: JsonObject, context: QuirkContext): QuirkResult {
  const applied: string[] = [];
  let current = body;
  for (const quirk of quirks) {
    if (quirk.wire !== wire) continue;
    const next = quirk.rewrite(current, context);
    if (next !== current) applied.push(quirk.name);
    current = next;
  }
  return { body: current, applied };
}
