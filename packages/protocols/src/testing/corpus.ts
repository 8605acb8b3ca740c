import { readdirSync, readFileSync } from "node:fs";
import type { JsonObject, TokenUsage, Wire } from "@copilot-llm/model";
import { parse } from "yaml";
import type { AssistantPart, ToolResultPart, UserPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalRequest, ReasoningRequest } from "../canonical/request.js";
import type { CanonicalResponse, FinishReason } from "../canonical/response.js";

interface CorpusPart {
  readonly text?: string;
  readonly refusal?: string;
  readonly cache?: boolean;
  readonly reasoning?: { readonly text: string; readonly seal: string };
  readonly call?: { readonly id: string; readonly name: string; readonly input: JsonObject };
  readonly image?: CorpusImage;
  readonly result?: {
    readonly id: string;
    readonly text: string;
    readonly isError?: boolean;
    readonly image?: CorpusImage;
  };
}

type CorpusImage = { readonly url: string } | { readonly mediaType: string; readonly data: string };
type CorpusContent = string | CorpusPart | readonly CorpusPart[];

/** A conversation file of `corpus/`. */
export interface Conversation {
  readonly name: string;
  readonly about: string;
  readonly request: Partial<Omit<CanonicalRequest, "messages" | "tools">> & {
    readonly messages: readonly Readonly<Record<string, CorpusContent>>[];
    readonly tools?: readonly {
      readonly name: string;
      readonly description: string;
      readonly parameters: JsonObject;
    }[];
    readonly repeatUser?: number;
  };
  readonly answer: {
    readonly content: readonly CorpusPart[];
    readonly finish: FinishReason["unified"];
    readonly usage?: Partial<TokenUsage>;
    readonly emptyDeltas?: boolean;
    readonly stopSequence?: string;
    /** What the model goes on to say where nothing stops it. */
    readonly unstopped?: string;
  };
}

const noReasoning: Partial<ReasoningRequest> = { mode: null, budgetTokens: null, summary: null };
const folder = new URL("../../corpus/", import.meta.url);

export function readCorpus(): Conversation[] {
  return readdirSync(folder).map((file) => {
    const conversation = parse(readFileSync(new URL(file, folder), "utf8")) as Omit<Conversation, "name">;
    return { name: file.replace(".yaml", ""), ...conversation };
  });
}

export function corpusRequest(conversation: Conversation, stream: boolean): CanonicalRequest {
  const { messages, tools, repeatUser, sampling, reasoning, toolChoice, ...rest } = conversation.request;
  return {
    model: "model-x",
    parallelToolCalls: null,
    maxOutputTokens: null,
    stopSequences: [],
    responseFormat: null,
    verbosity: null,
    metadata: null,
    user: null,
    promptCacheKey: null,
    ...rest,
    messages: messages.map((message) => corpusMessage(message, repeatUser ?? 1)),
    tools: (tools ?? []).map((tool) => ({ type: "function", namespace: null, strict: null, cache: null, ...tool })),
    toolChoice: toolChoice?.type === "tool" ? { ...toolChoice, namespace: null } : (toolChoice ?? null),
    sampling: {
      temperature: null,
      topP: null,
      topK: null,
      presencePenalty: null,
      frequencyPenalty: null,
      seed: null,
      ...sampling,
    },
    reasoning: reasoning == null ? null : ({ ...noReasoning, ...reasoning } as ReasoningRequest),
    stream,
    includeUsage: stream,
  };
}

function corpusMessage(message: Readonly<Record<string, CorpusContent>>, repeat: number): CanonicalMessage {
  const [role, content = ""] = Object.entries(message)[0] ?? ["user", ""];
  const given = typeof content === "string" ? [{ text: content.repeat(repeat) }] : [content].flat();
  const parts = given as readonly CorpusPart[];
  if (role === "tool") return { role: "tool", content: parts.flatMap(resultPart) };
  if (role === "assistant") return { role: "assistant", content: parts.flatMap((part) => assistantPart(part, null)) };
  const userParts = parts.flatMap(userPart);
  if (role !== "system") return { role: "user", content: userParts };
  return { role: "system", content: userParts.filter((part) => part.type === "text") };
}

function userPart(part: CorpusPart): UserPart[] {
  const cache = part.cache === true ? { ttl: null } : null;
  if (part.image !== undefined) return [{ type: "image", source: imageSource(part.image), detail: null, cache }];
  return [{ type: "text", text: part.text ?? "", cache }];
}

function imageSource(image: CorpusImage) {
  return "url" in image ? ({ kind: "url", url: image.url } as const) : ({ kind: "base64", ...image } as const);
}

function resultPart({ result }: CorpusPart): ToolResultPart[] {
  if (result === undefined) return [];
  const image = result.image === undefined ? [] : userPart({ image: result.image });
  const output = [{ type: "text", text: result.text, cache: null }, ...image] as ToolResultPart["output"];
  const { id: callId, isError = false } = result;
  return [{ type: "tool-result", callId, kind: "function", output, isError, cache: null }];
}

function assistantPart(part: CorpusPart, wire: Wire | null): AssistantPart[] {
  const { text, refusal, reasoning, call } = part;
  if (text !== undefined) return [{ type: "text", text, cache: null }];
  if (refusal !== undefined) return [{ type: "refusal", text: refusal }];
  if (reasoning !== undefined) {
    const opaque = wire === null ? null : { wire, data: reasoning.seal, redacted: false };
    return [{ type: "reasoning", text: reasoning.text, opaque }];
  }
  if (call === undefined) return [];
  const { id: callId, name } = call;
  const input = JSON.stringify(call.input);
  return [{ type: "tool-call", callId, kind: "function", name, namespace: null, input, cache: null }];
}

/** The answer as the wire's upstream gives it. */
export function corpusAnswer(conversation: Conversation, wire: Wire): CanonicalResponse {
  const { answer } = conversation;
  const content = answer.content.flatMap((part) => assistantPart(part, wire));
  const last = content.at(-1);
  const isUnstopped = wire === "openai-responses" && answer.unstopped !== undefined;
  if (isUnstopped && last?.type === "text")
    content[content.length - 1] = { ...last, text: last.text + answer.unstopped };
  const stopSequence = wire === "anthropic-messages" ? (answer.stopSequence ?? null) : null;
  return {
    metadata: { id: "up-1", model: "model-x-2026", createdAtSeconds: 1_700_000_123 },
    content,
    finish: { unified: answer.finish, raw: null, stopSequence },
    usage: { tokens: answer.usage === undefined ? null : { ...noTokens, ...answer.usage }, nanoAiu: null },
  };
}

const noTokens: TokenUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
};
