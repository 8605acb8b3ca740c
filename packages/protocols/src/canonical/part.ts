import type { JsonObject, Wire } from "@copilot-llm/model";

/** A prompt-cache breakpoint behind the part that carries it. Null lifetime: the service's default. */
export interface CacheHint {
  readonly ttl: "5m" | "1h" | null;
}

/** Where a file's or an image's bytes are. */
export type MediaSource =
  | { readonly kind: "base64"; readonly mediaType: string; readonly data: string }
  | { readonly kind: "url"; readonly url: string }
  /** An id at the service that holds the file; valid there only. */
  | { readonly kind: "id"; readonly id: string };

export interface TextPart {
  readonly type: "text";
  readonly text: string;
  readonly cache: CacheHint | null;
}

export interface ImagePart {
  readonly type: "image";
  readonly source: MediaSource;
  /** OpenAI's `low`, `high`, `auto`. */
  readonly detail: string | null;
  readonly cache: CacheHint | null;
}

export interface FilePart {
  readonly type: "file";
  readonly source: MediaSource;
  readonly filename: string | null;
  readonly cache: CacheHint | null;
}

/** The model declined; shown in place of text. */
export interface RefusalPart {
  readonly type: "refusal";
  readonly text: string;
}

/**
 * What a service seals into reasoning so that it can read it again. Only the wire that made it may get it back; another
 * protocol carries it as a tagged string meanwhile.
 */
export interface OpaqueReasoning {
  readonly wire: Wire;
  readonly data: string;
  /** Anthropic's `redacted_thinking`: there is no text to the data. */
  readonly redacted: boolean;
}

export interface ReasoningPart {
  readonly type: "reasoning";
  readonly text: string;
  readonly opaque: OpaqueReasoning | null;
}

/** `function`: the input is JSON text. `custom`: the input is free text. */
export type ToolKind = "function" | "custom";

export interface ToolCallPart {
  readonly type: "tool-call";
  readonly callId: string;
  readonly kind: ToolKind;
  readonly name: string;
  readonly namespace: string | null;
  readonly input: string;
  readonly cache: CacheHint | null;
  /** The tool's `clientTool`, where it has one. */
  readonly clientTool?: string;
}

export interface ToolResultPart {
  readonly type: "tool-result";
  readonly callId: string;
  readonly kind: ToolKind;
  readonly output: readonly ToolOutputPart[];
  readonly isError: boolean;
  readonly cache: CacheHint | null;
}

/**
 * An item that only one wire knows (a server tool's call or result, a compaction item). It goes back to that wire as it
 * came and to no other.
 */
export interface WirePart {
  readonly type: "wire";
  readonly wire: Wire;
  readonly item: JsonObject;
}

export type ToolOutputPart = TextPart | ImagePart | FilePart;

export type UserPart = TextPart | ImagePart | FilePart | WirePart;

export type AssistantPart = TextPart | RefusalPart | ReasoningPart | ToolCallPart | WirePart;
