import type { JsonObject, Wire } from "@copilot-llm/model";
import type { AssistantPart, CacheHint, TextPart, ToolResultPart, UserPart } from "./part.js";

/**
 * One message. In normal form, which decoders give and encoders may rely on, neighbouring `assistant` messages are one
 * message, and so are neighbouring `tool` messages.
 */
export type CanonicalMessage =
  | { readonly role: "system"; readonly content: readonly TextPart[] }
  | { readonly role: "user"; readonly content: readonly UserPart[] }
  | { readonly role: "assistant"; readonly content: readonly AssistantPart[] }
  | { readonly role: "tool"; readonly content: readonly ToolResultPart[] };

export interface FunctionTool {
  readonly type: "function";
  readonly name: string;
  readonly namespace: string | null;
  readonly description: string | null;
  /** JSON schema of the input. */
  readonly parameters: JsonObject;
  readonly strict: boolean | null;
  readonly cache: CacheHint | null;
  /** The client knows the tool by this type, and its calls by an item of their own: `shell`. Absent for all others. */
  readonly clientTool?: string;
}

/** A tool whose input is free text, possibly bound to a grammar. */
export interface CustomTool {
  readonly type: "custom";
  readonly name: string;
  readonly namespace: string | null;
  readonly description: string | null;
  readonly format: JsonObject | null;
}

/** A tool that the service itself runs; only the wire that knows it may get it. */
export interface ServerTool {
  readonly type: "server";
  readonly wire: Wire;
  readonly name: string;
  readonly definition: JsonObject;
}

export type CanonicalTool = FunctionTool | CustomTool | ServerTool;

export type ToolChoice =
  | { readonly type: "auto" }
  | { readonly type: "none" }
  | { readonly type: "required" }
  | { readonly type: "tool"; readonly name: string; readonly namespace: string | null };

/** How much the model may think. All null: the service's default. */
export interface ReasoningRequest {
  readonly mode: "enabled" | "adaptive" | "disabled" | null;
  /** `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; unknown words pass. */
  readonly effort: string | null;
  readonly budgetTokens: number | null;
  /** How reasoning is to be shown: OpenAI's `auto`, `concise`, `detailed`. */
  readonly summary: string | null;
}

export type ResponseFormat =
  | { readonly type: "text" }
  | { readonly type: "json" }
  | {
      readonly type: "json-schema";
      readonly name: string | null;
      readonly description: string | null;
      readonly schema: JsonObject;
      readonly strict: boolean | null;
    };

/** Numbers that steer sampling; null: the service's default. */
export interface Sampling {
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly topK: number | null;
  readonly presencePenalty: number | null;
  readonly frequencyPenalty: number | null;
  readonly seed: number | null;
}

/** A conversation request that belongs to no wire. What a wire cannot hold is listed in docs/protocols.md. */
export interface CanonicalRequest {
  readonly model: string;
  readonly messages: readonly CanonicalMessage[];
  readonly tools: readonly CanonicalTool[];
  readonly toolChoice: ToolChoice | null;
  readonly parallelToolCalls: boolean | null;
  readonly maxOutputTokens: number | null;
  readonly stopSequences: readonly string[];
  readonly sampling: Sampling;
  readonly reasoning: ReasoningRequest | null;
  readonly responseFormat: ResponseFormat | null;
  /** OpenAI's `verbosity`. */
  readonly verbosity: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** A stable pseudonym of the end user. */
  readonly user: string | null;
  readonly promptCacheKey: string | null;
  readonly stream: boolean;
  /** Chat: the client wants a usage chunk at the end of the stream. Elsewhere usage always comes. */
  readonly includeUsage: boolean;
}
