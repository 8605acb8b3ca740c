import { GatewayError, type JsonObject, type TokenUsage } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { parseObjectOrNull } from "../body/json.js";
import { fillCallIds } from "../canonical/fill-call-ids.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { AssistantPart, ToolCallPart } from "../canonical/part.js";
import type { CanonicalResponse, FinishReason } from "../canonical/response.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { encodeClientCall } from "./client-tools.js";
import { encodeCompaction, joinTexts, noSummary } from "./compaction.js";
import { mapToFinishReason } from "./map-finish-reason.js";
import { mapToUsage } from "./map-usage.js";
import { compactsSetting } from "./pick-settings.js";

/** A canonical answer as a Responses one. */
export function encodeResponse(response: CanonicalResponse, context: AnswerContext): JsonObject {
  const output: JsonObject[] = [];
  for (const part of fillCallIds(contentOf(response, context), context)) {
    const last = output.at(-1);
    const isText = part.type === "text" || part.type === "refusal";
    if (isText && last?.type === "message") {
      output[output.length - 1] = { ...last, content: [...(last.content as JsonObject[]), encodeTextPart(part)] };
    } else {
      output.push(...encodeItem(part, context));
    }
  }
  return {
    ...encodeEnvelope(response.metadata, context),
    ...encodeEnding(response.finish, response.usage.tokens, output),
  };
}

/** What was answered; of an answer to a request for compaction its one item. Throws `upstream_error` when there is none. */
function contentOf({ content, finish }: CanonicalResponse, context: AnswerContext): readonly AssistantPart[] {
  if (context.settings?.[compactsSetting] !== true) return content;
  const compaction = encodeCompaction(joinTexts(content), finish, context);
  if (compaction !== null) return [compaction];
  throw new GatewayError("upstream_error", noSummary.message, { upstream: noSummary });
}

/** What a response object says from its first event on. */
export function encodeEnvelope(
  metadata: Pick<CanonicalResponse["metadata"], "createdAtSeconds" | "model">,
  context: AnswerContext,
): JsonObject {
  const { [compactsSetting]: _, ...settings } = context.settings ?? {};
  return {
    id: context.createId("resp_"),
    object: "response",
    created_at: metadata.createdAtSeconds ?? context.nowSeconds,
    status: "in_progress",
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: metadata.model ?? context.model,
    output: [],
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: "auto",
    tools: [],
    top_p: null,
    usage: null,
    ...settings,
  };
}

/** What a response object says when it is complete. */
export function encodeEnding(
  finish: FinishReason,
  tokens: TokenUsage | null,
  output: readonly JsonObject[],
): JsonObject {
  return { ...mapToFinishReason(finish), output, usage: tokens === null ? null : mapToUsage(tokens) };
}

export function encodeTextPart(part: Extract<AssistantPart, { type: "text" | "refusal" }>): JsonObject {
  return part.type === "refusal"
    ? { type: "refusal", refusal: part.text }
    : { type: "output_text", text: part.text, annotations: [], logprobs: [] };
}

/** The output limit may cut a call's input; nobody must run that. */
function isWhole({ kind, input }: ToolCallPart): boolean {
  return kind === "custom" || parseObjectOrNull(input) !== null;
}

/** The output of a local shell names its call by `id`, in some clients by that of the item. */
function encodeOwnItem(
  own: JsonObject,
  { callId, clientTool }: ToolCallPart,
  context: Pick<AnswerContext, "createId">,
) {
  const fitted = fitCallId(callId);
  const id = clientTool === "local_shell" ? fitted : context.createId(`${String(clientTool)}_`);
  return { id, status: "completed", call_id: fitted, ...own };
}

/** One part as a complete output item. */
export function encodeItem(part: AssistantPart, context: Pick<AnswerContext, "createId">, id?: string): JsonObject[] {
  switch (part.type) {
    case "text":
    case "refusal": {
      const content = [encodeTextPart(part)];
      return [{ id: id ?? context.createId("msg_"), type: "message", status: "completed", role: "assistant", content }];
    }
    case "reasoning": {
      const summary = part.text === "" ? [] : [{ type: "summary_text", text: part.text }];
      const sealed = part.opaque === null ? null : sealReasoning(part.opaque, "openai-responses");
      if (summary.length === 0 && sealed === null) return [];
      const item = { id: id ?? context.createId("rs_"), type: "reasoning", summary, encrypted_content: sealed };
      return [withoutNulls(item)];
    }
    case "tool-call": {
      const own = part.clientTool === undefined ? null : encodeClientCall(part);
      if (own !== null) return [encodeOwnItem(own, part, context)];
      const common = {
        status: isWhole(part) ? "completed" : "incomplete",
        call_id: fitCallId(part.callId),
        name: part.name,
        namespace: part.namespace,
      };
      return part.kind === "custom"
        ? [withoutNulls({ id: id ?? context.createId("ctc_"), type: "custom_tool_call", ...common, input: part.input })]
        : [
            withoutNulls({
              id: id ?? context.createId("fc_"),
              type: "function_call",
              ...common,
              arguments: part.input,
            }),
          ];
    }
    case "wire":
      return part.wire === "openai-responses" ? [part.item] : [];
  }
}
