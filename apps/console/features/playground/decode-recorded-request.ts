import { createAnswer, listOf, numberOf, objectOf, textOf } from "#lib/chat/answer";
import type { ChatProtocol, ToolCall, ToolResult, UserPart } from "#lib/chat/conversation";
import { addNode, type ConversationTree, emptyTree, type PlayNode } from "./conversation-tree";

export interface LoadedRequest {
  model: string;
  protocol: ChatProtocol;
  system: string;
  tree: ConversationTree;
}

/** What an assistant said and called. */
export interface RecordedAnswer {
  text: string;
  toolCalls: readonly ToolCall[];
}

type Step =
  | { kind: "user"; parts: readonly UserPart[] }
  | { kind: "tool"; results: readonly ToolResult[] }
  | ({ kind: "answer" } & RecordedAnswer);

/** A recorded request, and its answer where that is given, as a conversation to go on with. What the playground has no part for is left out. */
export function decodeRecordedRequest(
  protocol: ChatProtocol,
  body: unknown,
  lastAnswer: RecordedAnswer | null = null,
): LoadedRequest {
  const request = objectOf(body);
  const model = textOf(request.model);
  const { system, steps } = decoders[protocol](request);
  let tree = emptyTree;
  let parentId: string | null = null;
  const answered: Step[] = lastAnswer === null ? [] : [{ kind: "answer", ...lastAnswer }];
  merge([...steps, ...answered]).forEach((step, index) => {
    const id = `r${index}`;
    const node: PlayNode =
      step.kind === "answer"
        ? { id, parentId, kind: "answer", answer: answerOf(step, model, protocol) }
        : { id, parentId, ...step };
    tree = addNode(tree, node);
    parentId = id;
  });
  return { model, protocol, system, tree };
}

interface Decoded {
  system: string;
  steps: Step[];
}

const decoders: Record<ChatProtocol, (request: Record<string, unknown>) => Decoded> = {
  chat: (request) => {
    const messages = listOf(request.messages);
    const isSystem = ({ role }: Record<string, unknown>) => role === "system" || role === "developer";
    return {
      system: messages
        .filter(isSystem)
        .map(({ content }) => plainText(content))
        .join("\n\n"),
      steps: messages
        .filter((message) => !isSystem(message))
        .map((message): Step => {
          if (message.role === "tool") {
            return {
              kind: "tool",
              results: [{ callId: textOf(message.tool_call_id), text: plainText(message.content), isError: false }],
            };
          }
          if (message.role === "assistant") {
            const toolCalls = listOf(message.tool_calls).map(({ id, function: call }) => ({
              id: textOf(id),
              name: textOf(objectOf(call).name),
              arguments: textOf(objectOf(call).arguments),
            }));
            return { kind: "answer", text: plainText(message.content), toolCalls };
          }
          return { kind: "user", parts: userParts(message.content) };
        }),
    };
  },
  responses: (request) => ({
    system: textOf(request.instructions),
    steps:
      typeof request.input === "string"
        ? [{ kind: "user", parts: [{ kind: "text", text: request.input }] }]
        : listOf(request.input).flatMap((item): Step[] => {
            if (item.type === "function_call_output") {
              return [
                {
                  kind: "tool",
                  results: [{ callId: textOf(item.call_id), text: plainText(item.output), isError: false }],
                },
              ];
            }
            if (item.type === "function_call") {
              const call = { id: textOf(item.call_id), name: textOf(item.name), arguments: textOf(item.arguments) };
              return [{ kind: "answer", text: "", toolCalls: [call] }];
            }
            if (item.role === "assistant") return [{ kind: "answer", text: plainText(item.content), toolCalls: [] }];
            return item.role === "user" ? [{ kind: "user", parts: userParts(item.content) }] : [];
          }),
  }),
  messages: (request) => ({
    system: plainText(request.system),
    steps: listOf(request.messages).flatMap((message): Step[] => {
      const blocks = listOf(message.content);
      if (message.role === "assistant") {
        const toolCalls = blocks
          .filter(({ type }) => type === "tool_use")
          .map(({ id, name, input }) => ({
            id: textOf(id),
            name: textOf(name),
            arguments: JSON.stringify(input ?? {}),
          }));
        return [{ kind: "answer", text: plainText(message.content), toolCalls }];
      }
      const results = blocks
        .filter(({ type }) => type === "tool_result")
        .map(({ tool_use_id: id, content, is_error: isError }) => ({
          callId: textOf(id),
          text: plainText(content),
          isError: isError === true,
        }));
      const parts = userParts(message.content);
      return [
        ...(results.length > 0 ? [{ kind: "tool", results } as const] : []),
        ...(parts.length > 0 ? [{ kind: "user", parts } as const] : []),
      ];
    }),
  }),
};

/** Neighbours of a kind become one step: parallel results, a call after its words. */
function merge(steps: readonly Step[]): readonly Step[] {
  const merged: Step[] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    if (last?.kind === "tool" && step.kind === "tool") {
      merged[merged.length - 1] = { kind: "tool", results: [...last.results, ...step.results] };
    } else if (last?.kind === "answer" && step.kind === "answer") {
      const text = [last.text, step.text].filter((one) => one !== "").join("\n\n");
      merged[merged.length - 1] = { kind: "answer", text, toolCalls: [...last.toolCalls, ...step.toolCalls] };
    } else merged.push(step);
  }
  return merged;
}

function answerOf(step: Extract<Step, { kind: "answer" }>, model: string, protocol: ChatProtocol) {
  const answer = { ...createAnswer(), text: step.text, toolCalls: [...step.toolCalls], finish: "recorded" };
  const exchange = {
    status: 200,
    requestId: null,
    retryAfter: null,
    answer,
    firstTokenMs: null,
    durationMs: null,
    isStopped: false,
    events: [],
  };
  return { model, protocol, body: {}, exchange };
}

function plainText(content: unknown): string {
  if (typeof content === "string") return content;
  return listOf(content)
    .map(({ text }) => textOf(text))
    .filter((text) => text !== "")
    .join("\n\n");
}

function userParts(content: unknown): UserPart[] {
  if (typeof content === "string") return [{ kind: "text", text: content }];
  return listOf(content).flatMap((part): UserPart[] => {
    const text = textOf(part.text);
    if (text !== "") return [{ kind: "text", text }];
    const source = objectOf(part.source);
    const url =
      textOf(objectOf(part.image_url).url) ||
      textOf(part.image_url) ||
      (source.type === "base64" ? `data:${textOf(source.media_type)};base64,${textOf(source.data)}` : "");
    const mediaType = /^data:([\w/+.-]+);base64,/u.exec(url)?.[1];
    if (mediaType === undefined || numberOf(url.length) > 20_000_000) return [];
    return [{ kind: mediaType.startsWith("image/") ? "image" : "document", name: mediaType, mediaType, dataUrl: url }];
  });
}
