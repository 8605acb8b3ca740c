import type { JsonObject, Wire } from "@copilot-llm/model";
import type { ChatRequest, FinishReason } from "./chat-request.js";

/** What a wire must know of a model to write a request for it. */
export interface WireModel {
  readonly id: string;
  readonly wires: readonly Wire[];
  readonly maxOutputTokens: number | null;
  /** An OpenAI reasoning model: it refuses `max_tokens` on the Chat wire. */
  readonly needsMaxCompletionTokens: boolean;
}

/** What one stream event adds to the answer. */
export interface AnswerPiece {
  readonly text?: string;
  readonly finishReason?: FinishReason;
}

/** A chat in one protocol: the request as a body, the answer's stream events as pieces of text. */
export interface ChatWire {
  readonly protocol: Wire;
  encodeRequest(request: ChatRequest, model: WireModel): JsonObject;
  /** One event's `data`. Errors and usage are the usage tap's business. */
  decodeEvent(data: string): AnswerPiece;
}

/** Parses an event's JSON; undefined for anything else, such as `[DONE]`. */
export function parseEventData(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
