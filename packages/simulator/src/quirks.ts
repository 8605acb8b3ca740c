/** Habits of the real service that differ by back-end. Each can be set per account, per model, or for one request. */
export interface Quirks {
  /** Claude's non-stream chat answers come as one choice for the text and one for each tool call. */
  readonly sequentialChoices: boolean;
  /** Where a chat stream puts usage: in a chunk of its own, on the finish chunk, or nowhere. */
  readonly chatUsage: "own-chunk" | "finish-chunk" | "missing";
  /** `reasoning_opaque` before the text, or in an odd chunk with `content: ""` after it. */
  readonly reasoningOpaque: "before-text" | "after-text";
  /** The first chat chunk has no choices and carries `prompt_filter_results`. */
  readonly promptFilterChunk: boolean;
  /** SSE comment lines between chunks. */
  readonly commentLines: boolean;
  /** Deltas without text between the others. */
  readonly emptyDeltas: boolean;
  /** `/responses` names an item differently in `.added` and `.done`. */
  readonly rotatingItemIds: boolean;
  /** Who may send an issued item id back: the account, only the same connection, or anyone. */
  readonly itemIdsBoundTo: "account" | "connection" | "anyone";
  /** The back-end behind `/v1/messages`: decides id prefixes and error shapes. */
  readonly messagesBackend: "bedrock" | "vertex" | "anthropic";
  /** `data: [DONE]` after `message_stop`. */
  readonly doneAfterMessageStop: boolean;
}

export const defaultQuirks: Quirks = {
  sequentialChoices: true,
  chatUsage: "own-chunk",
  reasoningOpaque: "before-text",
  promptFilterChunk: true,
  commentLines: false,
  emptyDeltas: false,
  rotatingItemIds: true,
  itemIdsBoundTo: "account",
  messagesBackend: "bedrock",
  doneAfterMessageStop: true,
};

/** Where a quirk or a fault applies; an absent field means everywhere. */
export interface QuirkScope {
  /** Login or token. */
  readonly account?: string;
  readonly model?: string;
}
