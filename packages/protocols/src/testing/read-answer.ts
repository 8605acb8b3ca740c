import Anthropic from "@anthropic-ai/sdk";
import type { JsonValue, Wire } from "@copilot-llm/model";
import OpenAI from "openai";

/** What a client of one of the protocols makes of an answer, read by its official SDK. */
export interface ReadAnswer {
  readonly id: string;
  readonly text: string;
  /** Messages has none: there it is text. */
  readonly refusal: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly input: JsonValue }[];
  readonly finish: string | null;
  readonly stopSequence: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cacheReadTokens: number | null;
}

type Fetch = () => Promise<Response>;

/** Reads an answer's bytes by the official SDK of the protocol; streams by its streaming helper. */
export async function readAnswer(protocol: Wire, bytes: Uint8Array, stream: boolean): Promise<ReadAnswer> {
  const type = stream ? "text/event-stream" : "application/json";
  const fetch: Fetch = async () => new Response(Buffer.from(bytes), { headers: { "content-type": type } });
  switch (protocol) {
    case "openai-chat":
      return stream ? readChatStream(fetch) : readChat(await openai(fetch).chat.completions.create(chatParams));
    case "openai-responses":
      return readResponse(
        stream
          ? await openai(fetch).responses.stream({ model: "m", input: "x" }).finalResponse()
          : await openai(fetch).responses.create({ model: "m", input: "x" }),
      );
    case "anthropic-messages":
      return readMessage(
        stream
          ? await anthropic(fetch).messages.stream(messageParams).finalMessage()
          : await anthropic(fetch).messages.create(messageParams),
      );
  }
}

const chatParams = { model: "m", messages: [{ role: "user" as const, content: "x" }] };
const messageParams = { model: "m", max_tokens: 9, messages: [{ role: "user" as const, content: "x" }] };
const openai = (fetch: Fetch) => new OpenAI({ apiKey: "k", maxRetries: 0, fetch });
const anthropic = (fetch: Fetch) => new Anthropic({ apiKey: "k", maxRetries: 0, fetch });

async function readChatStream(fetch: Fetch): Promise<ReadAnswer> {
  const params = { ...chatParams, stream: true as const, stream_options: { include_usage: true } };
  let reasoning = "";
  for await (const chunk of await openai(fetch).chat.completions.create(params)) {
    const delta = chunk.choices[0]?.delta as { readonly reasoning_text?: string } | undefined;
    reasoning += delta?.reasoning_text ?? "";
  }
  const whole = await openai(fetch).chat.completions.stream(params).finalChatCompletion();
  return { ...readChat(whole as OpenAI.ChatCompletion), reasoning };
}

function readChat(completion: OpenAI.ChatCompletion): ReadAnswer {
  const choice = completion.choices[0];
  const message = choice?.message as (OpenAI.ChatCompletionMessage & { readonly reasoning_text?: string }) | undefined;
  const { usage } = completion;
  return {
    id: completion.id,
    text: message?.content ?? "",
    refusal: message?.refusal ?? "",
    reasoning: message?.reasoning_text ?? "",
    calls: (message?.tool_calls ?? []).map((call) =>
      call.type === "function"
        ? { id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) }
        : { id: call.id, name: call.custom.name, input: call.custom.input },
    ),
    finish: choice?.finish_reason ?? null,
    stopSequence: null,
    inputTokens: usage?.prompt_tokens ?? null,
    outputTokens: usage?.completion_tokens ?? null,
    cacheReadTokens: usage?.prompt_tokens_details?.cached_tokens ?? null,
  };
}

function readResponse(response: OpenAI.Responses.Response): ReadAnswer {
  const text: string[] = [];
  const refusal: string[] = [];
  const reasoning: string[] = [];
  const calls: { id: string; name: string; input: JsonValue }[] = [];
  for (const item of response.output) {
    if (item.type === "message") {
      text.push(...item.content.map((part) => (part.type === "refusal" ? "" : part.text)));
      refusal.push(...item.content.map((part) => (part.type === "refusal" ? part.refusal : "")));
    } else if (item.type === "reasoning") {
      reasoning.push(...item.summary.map((part) => part.text));
    } else if (item.type === "function_call") {
      calls.push({ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) });
    } else if (item.type === "custom_tool_call") {
      calls.push({ id: item.call_id, name: item.name, input: item.input });
    }
  }
  const { usage } = response;
  return {
    id: response.id,
    text: text.join(""),
    refusal: refusal.join(""),
    reasoning: reasoning.join(""),
    calls,
    finish: response.incomplete_details?.reason ?? response.status ?? null,
    stopSequence: null,
    inputTokens: usage?.input_tokens ?? null,
    outputTokens: usage?.output_tokens ?? null,
    cacheReadTokens: usage?.input_tokens_details.cached_tokens ?? null,
  };
}

function readMessage(message: Anthropic.Message): ReadAnswer {
  const { usage } = message;
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  return {
    id: message.id,
    text: message.content.map((block) => (block.type === "text" ? block.text : "")).join(""),
    refusal: "",
    reasoning: message.content.map((block) => (block.type === "thinking" ? block.thinking : "")).join(""),
    calls: message.content.flatMap((block) =>
      block.type === "tool_use" ? [{ id: block.id, name: block.name, input: block.input as JsonValue }] : [],
    ),
    finish: message.stop_reason,
    stopSequence: message.stop_sequence,
    inputTokens: usage.input_tokens + cached,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
  };
}
