import type { JsonObject } from "../../json-value.js";
import { type ReplyPart, type ScriptedReply, textOf } from "../scripted-reply.js";
import type { RenderContext } from "../wire.js";

/** An output item with the ids it has when it is announced and when it is done. */
export interface OutputItem {
  readonly part: ReplyPart;
  readonly addedId: string;
  readonly doneId: string;
  /** The finished item. */
  readonly item: JsonObject;
}

/** One output item for each part. */
export function renderItems(reply: ScriptedReply, context: RenderContext): OutputItem[] {
  return reply.parts.map((part) => {
    const prefix = idPrefix(part);
    const addedId = context.ids.bound(prefix, context.origin);
    const doneId = reply.quirks.rotatingItemIds ? context.ids.bound(prefix, context.origin) : addedId;
    return { part, addedId, doneId, item: renderItem(part, doneId, includesEncrypted(context)) };
  });
}

/** The `response` object. `usage` is null until the response has ended. */
export function renderResponse(
  status: "in_progress" | "completed" | "incomplete" | "failed",
  id: string,
  output: readonly JsonObject[],
  context: RenderContext,
): JsonObject {
  const { usage, body } = context;
  const ended = status === "completed" || status === "incomplete";
  const inputTokens = usage.input + usage.cacheRead + usage.cacheWrite;
  return {
    id,
    object: "response",
    created_at: context.createdAtSeconds,
    status,
    background: false,
    error: status === "failed" ? { code: "server_error", message: "The simulated model failed." } : null,
    incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model: context.model.item.version,
    output,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: body.reasoning ?? { effort: null, summary: null },
    store: false,
    temperature: body.temperature ?? 1,
    text: body.text ?? { format: { type: "text" } },
    tool_choice: body.tool_choice ?? "auto",
    tools: body.tools ?? [],
    top_p: body.top_p ?? 1,
    truncation: body.truncation ?? "disabled",
    usage: ended
      ? {
          input_tokens: inputTokens,
          input_tokens_details: { cached_tokens: usage.cacheRead },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: usage.reasoning },
          total_tokens: inputTokens + usage.output,
        }
      : null,
    user: null,
    metadata: {},
  };
}

/** The blob comes only to those who ask for it. */
function includesEncrypted({ body }: RenderContext): boolean {
  return Array.isArray(body.include) && body.include.includes("reasoning.encrypted_content");
}

function idPrefix(part: ReplyPart): string {
  if (part.type === "reasoning") return "rs_";
  if (part.type !== "tool-call") return "msg_";
  return part.kind === "custom" ? "ctc_" : "fc_";
}

function renderItem(part: ReplyPart, id: string, encrypted: boolean): JsonObject {
  const text = textOf(part);
  switch (part.type) {
    case "reasoning":
      return {
        type: "reasoning",
        id,
        summary: part.isRedacted ? [] : [{ type: "summary_text", text }],
        ...(encrypted ? { encrypted_content: part.signature } : {}),
      };
    case "tool-call": {
      const payload = part.kind === "custom" ? { input: text } : { arguments: text };
      return {
        type: part.kind === "custom" ? "custom_tool_call" : "function_call",
        id,
        status: "completed",
        call_id: part.callId,
        name: part.name,
        ...(part.namespace === undefined ? {} : { namespace: part.namespace }),
        ...payload,
      };
    }
    case "text":
    case "refusal":
      return { type: "message", id, status: "completed", role: "assistant", content: [renderContentPart(part, text)] };
  }
}

/** The content part of a message item, with `text` as far as it has come. */
export function renderContentPart(part: ReplyPart, text: string): JsonObject {
  return part.type === "refusal"
    ? { type: "refusal", refusal: text }
    : { type: "output_text", text, annotations: [], logprobs: [] };
}
