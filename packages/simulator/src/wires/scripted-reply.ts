import type { Quirks } from "../quirks.js";

/** A stretch of an answer. Chunks are what a stream sends as separate deltas; together they are the whole. */
export type ReplyPart =
  | { readonly type: "text"; readonly chunks: readonly string[] }
  | { readonly type: "refusal"; readonly chunks: readonly string[] }
  | {
      readonly type: "reasoning";
      readonly chunks: readonly string[];
      /** The client gets the seal only: `redacted_thinking` on `/v1/messages`. */
      readonly isRedacted: boolean;
      readonly signature: string;
    }
  | {
      readonly type: "tool-call";
      readonly callId: string;
      readonly name: string;
      readonly namespace?: string;
      readonly kind: "function" | "custom";
      /** JSON text for functions, free text for custom tools. */
      readonly chunks: readonly string[];
    };

export type ReplyStop = "end" | "tool-calls" | "length" | "stop-sequence" | "refusal";

/** How a stream goes wrong, if it does; after a silence and after a garbled frame it goes on. `afterFrames` counts the frames sent first; absent: just before the ending. */
export interface StreamBreakage {
  readonly kind: "cut" | "eof" | "error" | "silence" | "garbage";
  readonly afterFrames?: number;
  /** Length of a silence. */
  readonly durationMs?: number;
}

/** How a reply is paced. */
export interface ReplyPacing {
  readonly firstByteDelayMs: number;
  /** Undefined sends everything as fast as the client reads; 0 yields between chunks. */
  readonly chunkDelayMs: number | undefined;
  /** Re-cut the stream into pieces of this many bytes, through the middle of characters too. */
  readonly splitBytes: number | undefined;
  /** Between those pieces; undefined only yields. */
  readonly pieceDelayMs?: number;
}

/** The script's answer, free of any wire. One renderer per wire turns it into bytes. */
export interface ScriptedReply {
  readonly parts: readonly ReplyPart[];
  readonly stop: ReplyStop;
  /** The matched sequence when `stop` is `stop-sequence`. */
  readonly stopSequence: string | undefined;
  readonly outputTokens: number;
  /** Part of `outputTokens`. */
  readonly reasoningTokens: number;
  readonly pacing: ReplyPacing;
  readonly breakage: StreamBreakage | undefined;
  readonly quirks: Quirks;
}

/** The whole text of a part. */
export function textOf(part: ReplyPart): string {
  return part.chunks.join("");
}
