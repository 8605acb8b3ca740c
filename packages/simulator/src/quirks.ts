import type { JsonObject } from "./json-value.js";

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
  /** The words in which `/responses` refuses sealed reasoning of another account. */
  readonly sealedReasoningRefusal:
    | "bad_request"
    | "invalid_request_error"
    | "invalid_request_body"
    | "invalid_encrypted_content"
    | "text";
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
  sealedReasoningRefusal: "bad_request",
  messagesBackend: "bedrock",
  doneAfterMessageStop: true,
};

/** Every quirk with its possible values. */
const quirkChoices: { readonly [Name in keyof Quirks]: readonly Quirks[Name][] } = {
  sequentialChoices: [true, false],
  chatUsage: ["own-chunk", "finish-chunk", "missing"],
  reasoningOpaque: ["before-text", "after-text"],
  promptFilterChunk: [true, false],
  commentLines: [true, false],
  emptyDeltas: [true, false],
  rotatingItemIds: [true, false],
  itemIdsBoundTo: ["account", "connection", "anyone"],
  sealedReasoningRefusal: [
    "bad_request",
    "invalid_request_error",
    "invalid_request_body",
    "invalid_encrypted_content",
    "text",
  ],
  messagesBackend: ["bedrock", "vertex", "anthropic"],
  doneAfterMessageStop: [true, false],
};

/** Checks quirks that came from outside. Throws a TypeError that names the quirk and what it may be. */
export function parseQuirks(value: JsonObject): Partial<Quirks> {
  for (const [name, choice] of Object.entries(value)) {
    const choices: readonly unknown[] | undefined = isQuirkName(name) ? quirkChoices[name] : undefined;
    if (choices === undefined)
      throw new TypeError(`unknown quirk: ${name}; known: ${Object.keys(quirkChoices).join(", ")}`);
    if (!choices.includes(choice)) throw new TypeError(`quirk ${name} must be one of ${choices.join(", ")}`);
  }
  return value;
}

/** Where a quirk applies; an absent field means everywhere. */
export interface QuirkScope {
  /** Login or token. */
  readonly account?: string;
  readonly model?: string;
}

function isQuirkName(name: string): name is keyof Quirks {
  return Object.hasOwn(quirkChoices, name);
}
