import type { PromptSegment } from "../billing/measure-prompt.js";
import type { JsonObject } from "../json-value.js";

/** The three conversation endpoints. */
export type WireName = "chat" | "responses" | "messages";

/** A tool that the client offers. */
export interface OfferedTool {
  readonly name: string;
  /** The `namespace` tool that holds it, on `/responses`. */
  readonly namespace?: string;
  /** `custom` takes free text; `function` takes a JSON object. */
  readonly kind: "function" | "custom";
  readonly schema: JsonObject;
}

/** One entry of the conversation, reduced to what a script needs. */
export interface PromptTurn {
  readonly role: "user" | "assistant" | "tool";
  readonly text: string;
}

export type ToolChoice = "auto" | "none" | "required" | { readonly name: string };

/** What any wire's request asks for, read for the script and for billing. */
export interface ModelRequest {
  readonly wire: WireName;
  readonly model: string;
  readonly stream: boolean;
  readonly segments: readonly PromptSegment[];
  readonly turns: readonly PromptTurn[];
  readonly tools: readonly OfferedTool[];
  readonly toolChoice: ToolChoice;
  readonly maxOutputTokens: number | undefined;
  readonly stopSequences: readonly string[];
  /** Reasoning was asked for: an effort other than none, or thinking. */
  readonly reasoning: boolean;
  readonly effort: string | undefined;
  /** A structured answer was asked for; `schema` is empty for plain JSON mode. */
  readonly structuredOutput: { readonly schema: JsonObject } | undefined;
  readonly hasImage: boolean;
  /** Chat only: `stream_options.include_usage`. */
  readonly includeUsage: boolean;
}
