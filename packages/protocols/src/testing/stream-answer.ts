import type { Wire } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse } from "../canonical/response.js";
import { wireOf } from "../exchange/protocols.js";
import { answerIds } from "./answer-ids.js";

const pieceCharacters = 7;

/** A whole answer as the events of its stream. */
function streamEvents(response: CanonicalResponse, withEmptyDeltas = false): CanonicalEvent[] {
  const events: CanonicalEvent[] = [{ type: "response-metadata", metadata: response.metadata }];
  response.content.forEach((part, index) => {
    events.push(...partEvents(part, String(index), withEmptyDeltas));
  });
  if (response.usage.tokens !== null) events.push({ type: "usage", usage: response.usage });
  return [...events, { type: "finish", finish: response.finish }];
}

function partEvents(part: AssistantPart, id: string, withEmptyDeltas: boolean): CanonicalEvent[] {
  const pieces = (text: string): string[] => {
    const characters = Array.from(text);
    const cut: string[] = [];
    for (let at = 0; at < characters.length; at += pieceCharacters) {
      cut.push(characters.slice(at, at + pieceCharacters).join(""));
    }
    return withEmptyDeltas ? ["", ...cut.flatMap((piece) => [piece, ""])] : cut;
  };
  switch (part.type) {
    case "text":
    case "refusal":
      return [
        { type: "text-start", id, kind: part.type },
        ...pieces(part.text).map((text): CanonicalEvent => ({ type: "text-delta", id, text })),
        { type: "text-end", id },
      ];
    case "reasoning":
      return [
        { type: "reasoning-start", id },
        ...pieces(part.text).map((text): CanonicalEvent => ({ type: "reasoning-delta", id, text })),
        { type: "reasoning-end", id, opaque: part.opaque },
      ];
    case "tool-call": {
      const { callId, kind, name, namespace } = part;
      return [
        { type: "tool-input-start", id: callId, kind, name, namespace },
        ...pieces(part.input).map((text): CanonicalEvent => ({ type: "tool-input-delta", id: callId, text })),
        { type: "tool-input-end", id: callId },
        { type: "tool-call", call: part },
      ];
    }
    case "wire":
      return [{ type: "wire-part", part }];
  }
}

/** The bytes of a streamed answer on a wire. */
export function streamBytes(response: CanonicalResponse, wire: Wire, withEmptyDeltas = false): Uint8Array {
  const context = { ...answerIds(), model: "model-x", includeUsage: true, estimatedInputTokens: 1 };
  const encoder = wireOf(wire).createStreamEncoder(context);
  const text = streamEvents(response, withEmptyDeltas).flatMap((event) => [...encoder.push(event)]);
  return Buffer.from([...text, ...encoder.finish()].join(""));
}
