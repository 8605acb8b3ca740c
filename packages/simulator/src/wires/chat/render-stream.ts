import type { JsonObject } from "../../json-value.js";
import type { ReplyPart, ScriptedReply } from "../scripted-reply.js";
import { dataFrame, doneFrame } from "../sse-frame.js";
import type { RenderContext, StreamFrames } from "../wire.js";
import { chatUsage } from "./chat-usage.js";
import { finishReason, renderToolCall } from "./render-body.js";

/** The chunks of a chat stream. */
export function renderChatStream(reply: ScriptedReply, context: RenderContext): StreamFrames {
  const head = {
    id: context.ids.next("chatcmpl-"),
    object: "chat.completion.chunk",
    created: context.createdAtSeconds,
    model: context.model.item.version,
    system_fingerprint: "fp_simulated",
  };
  return { content: contentFrames(reply, head), ending: () => endingFrames(reply, context, head) };
}

/** True when a stream's frames hold usage. */
export function chatStreamReportsUsage(reply: ScriptedReply, includeUsage: boolean): boolean {
  if (reply.quirks.chatUsage === "missing") return false;
  return reply.quirks.chatUsage === "finish-chunk" || includeUsage;
}

function* contentFrames(reply: ScriptedReply, head: JsonObject): Generator<string> {
  // The constant start of every chunk is serialised once: long streams are mostly this text.
  const start = `data: ${JSON.stringify(head).slice(0, -1)},"choices":[{"index":0,"delta":`;
  const frame = (delta: string): string => `${start}${delta},"finish_reason":null}]}\n\n`;

  if (reply.quirks.promptFilterChunk) yield dataFrame({ ...head, choices: [], prompt_filter_results: promptFilter });
  yield frame('{"role":"assistant","content":""}');
  let callIndex = 0;
  const late: string[] = [];
  for (const part of reply.parts) {
    if (part.type === "tool-call") {
      yield* toolCallDeltas(part, callIndex, frame);
      callIndex += 1;
      continue;
    }
    const key = { text: "content", refusal: "refusal", reasoning: "reasoning_text" }[part.type];
    const isShown = part.type !== "reasoning" || !part.isRedacted;
    for (const chunk of isShown ? part.chunks : []) yield frame(`{"${key}":${JSON.stringify(chunk)}}`);
    if (part.type !== "reasoning") continue;
    const opaque = frame(`{"content":"","reasoning_opaque":${JSON.stringify(part.signature)}}`);
    if (reply.quirks.reasoningOpaque === "after-text") late.push(opaque);
    else yield opaque;
  }
  yield* late;
}

function* toolCallDeltas(
  part: ReplyPart & { type: "tool-call" },
  index: number,
  frame: (delta: string) => string,
): Generator<string> {
  yield frame(JSON.stringify({ tool_calls: [{ index, ...renderToolCall(part, "") }] }));
  const key = part.kind === "custom" ? '"custom":{"input":' : '"function":{"arguments":';
  const start = `{"tool_calls":[{"index":${index},"id":${JSON.stringify(part.callId)},${key}`;
  for (const chunk of part.chunks) yield frame(`${start}${JSON.stringify(chunk)}}}]}`);
}

function endingFrames(reply: ScriptedReply, context: RenderContext, head: JsonObject): string[] {
  const usage = chatStreamReportsUsage(reply, context.request.includeUsage) ? chatUsage(context) : undefined;
  const onFinish = reply.quirks.chatUsage === "finish-chunk";
  const finish = dataFrame({
    ...head,
    choices: [{ index: 0, delta: {}, finish_reason: finishReason(reply.stop) }],
    ...(onFinish ? usage : {}),
  });
  const own = usage !== undefined && !onFinish ? [dataFrame({ ...head, choices: [], ...usage })] : [];
  return [finish, ...own, doneFrame];
}

const promptFilter = [
  {
    prompt_index: 0,
    content_filter_results: {
      hate: { filtered: false, severity: "safe" },
      self_harm: { filtered: false, severity: "safe" },
      sexual: { filtered: false, severity: "safe" },
      violence: { filtered: false, severity: "safe" },
    },
  },
];
