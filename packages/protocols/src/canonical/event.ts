import type { ReportedUsage, UpstreamErrorInfo } from "@copilot-llm/model";
import type { OpaqueReasoning, ToolCallPart, ToolKind, WirePart } from "./part.js";
import type { FinishReason, ResponseMetadata } from "./response.js";

/**
 * One step of a streamed answer. Blocks open and close by `…-start` and `…-end` of one `id`; decoders never let two
 * blocks of text or reasoning overlap, while inputs of tools may. `tool-call` follows its `tool-input-end` and holds the
 * whole call. A stream has exactly one terminal event, which is its last: `finish` or `error`. `usage` comes before it.
 */
export type CanonicalEvent =
  | { readonly type: "response-metadata"; readonly metadata: ResponseMetadata }
  | { readonly type: "text-start"; readonly id: string; readonly kind: "text" | "refusal" }
  | { readonly type: "text-delta"; readonly id: string; readonly text: string }
  | { readonly type: "text-end"; readonly id: string }
  | { readonly type: "reasoning-start"; readonly id: string }
  | { readonly type: "reasoning-delta"; readonly id: string; readonly text: string }
  | { readonly type: "reasoning-end"; readonly id: string; readonly opaque: OpaqueReasoning | null }
  | {
      readonly type: "tool-input-start";
      /** The call's id. */
      readonly id: string;
      readonly kind: ToolKind;
      readonly name: string;
      readonly namespace: string | null;
      /** The tool's `clientTool`, where it has one. */
      readonly clientTool?: string;
    }
  | { readonly type: "tool-input-delta"; readonly id: string; readonly text: string }
  | { readonly type: "tool-input-end"; readonly id: string }
  | { readonly type: "tool-call"; readonly call: ToolCallPart }
  | { readonly type: "wire-part"; readonly part: WirePart }
  | { readonly type: "usage"; readonly usage: ReportedUsage }
  | { readonly type: "finish"; readonly finish: FinishReason }
  | { readonly type: "error"; readonly error: UpstreamErrorInfo };
