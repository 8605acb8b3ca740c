import {
  base64Of,
  type ChatProtocol,
  type ChatRequest,
  type ChatTurn,
  type ToolDefinition,
  type UserPart,
} from "./conversation";

type Json = Record<string, unknown>;

/** Messages needs a limit; this one is used when none was set. */
const defaultMessagesMaxTokens = 4_096;

/** The body of a streamed request through one of the APIs. */
export function encodeBody(protocol: ChatProtocol, request: ChatRequest): Json {
  const body = encoders[protocol](request);
  return { ...body, ...request.parameters.extra };
}

const encoders: Record<ChatProtocol, (request: ChatRequest) => Json> = {
  chat: encodeChat,
  responses: encodeResponses,
  messages: encodeMessages,
};

function withoutUndefined(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function encodeChat({ model, system, turns, tools, parameters }: ChatRequest): Json {
  const { maxTokens, temperature, topP, stop, seed, effort, responseSchema } = parameters;
  return withoutUndefined({
    model,
    messages: [...(system === "" ? [] : [{ role: "system", content: system }]), ...turns.flatMap(encodeChatTurn)],
    tools: orUndefined(tools, ({ name, description, parameters: schema }) => ({
      type: "function",
      function: { name, description, parameters: schema },
    })),
    max_completion_tokens: maxTokens,
    temperature,
    top_p: topP,
    stop,
    seed,
    reasoning_effort: effort,
    response_format:
      responseSchema === undefined
        ? undefined
        : { type: "json_schema", json_schema: { name: "answer", schema: responseSchema } },
    stream: true,
    stream_options: { include_usage: true },
  });
}

function encodeChatTurn(turn: ChatTurn): Json[] {
  switch (turn.role) {
    case "user":
      return [{ role: "user", content: textOnly(turn.parts) ?? turn.parts.map(encodeChatPart) }];
    case "assistant":
      return [
        withoutUndefined({
          role: "assistant",
          content: turn.text === "" ? null : turn.text,
          tool_calls: orUndefined(turn.toolCalls, ({ id, name, arguments: text }) => ({
            id,
            type: "function",
            function: { name, arguments: text },
          })),
        }),
      ];
    case "tool":
      return turn.results.map(({ callId, text }) => ({ role: "tool", tool_call_id: callId, content: text }));
  }
}

function encodeChatPart(part: UserPart): Json {
  if (part.kind === "text") return { type: "text", text: part.text };
  if (part.kind === "image") return { type: "image_url", image_url: { url: part.dataUrl } };
  return { type: "file", file: { filename: part.name, file_data: part.dataUrl } };
}

function encodeResponses({ model, system, turns, tools, parameters }: ChatRequest): Json {
  const { maxTokens, temperature, topP, effort, responseSchema } = parameters;
  return withoutUndefined({
    model,
    instructions: system === "" ? undefined : system,
    input: turns.flatMap(encodeResponsesTurn),
    tools: orUndefined(tools, ({ name, description, parameters: schema }) => ({
      type: "function",
      name,
      description,
      parameters: schema,
      strict: false,
    })),
    max_output_tokens: maxTokens,
    temperature,
    top_p: topP,
    reasoning: effort === undefined ? undefined : { effort, summary: "auto" },
    text:
      responseSchema === undefined
        ? undefined
        : { format: { type: "json_schema", name: "answer", schema: responseSchema } },
    include: ["reasoning.encrypted_content"],
    store: false,
    stream: true,
  });
}

function encodeResponsesTurn(turn: ChatTurn): unknown[] {
  switch (turn.role) {
    case "user":
      return [
        {
          type: "message",
          role: "user",
          content: turn.parts.map((part) =>
            part.kind === "text"
              ? { type: "input_text", text: part.text }
              : part.kind === "image"
                ? { type: "input_image", image_url: part.dataUrl }
                : { type: "input_file", filename: part.name, file_data: part.dataUrl },
          ),
        },
      ];
    case "assistant":
      if (turn.native?.protocol === "responses") return [...turn.native.content];
      return [
        ...(turn.text === ""
          ? []
          : [{ type: "message", role: "assistant", content: [{ type: "output_text", text: turn.text }] }]),
        ...turn.toolCalls.map(({ id, name, arguments: text }) => ({
          type: "function_call",
          call_id: id,
          name,
          arguments: text,
        })),
      ];
    case "tool":
      return turn.results.map(({ callId, text }) => ({ type: "function_call_output", call_id: callId, output: text }));
  }
}

function encodeMessages({ model, system, turns, tools, parameters }: ChatRequest): Json {
  const { maxTokens, temperature, topP, stop, effort } = parameters;
  return withoutUndefined({
    model,
    max_tokens: maxTokens ?? defaultMessagesMaxTokens,
    system: system === "" ? undefined : system,
    messages: turns.map(encodeMessagesTurn),
    tools: orUndefined(tools, ({ name, description, parameters: schema }: ToolDefinition) => ({
      name,
      description,
      input_schema: schema,
    })),
    temperature,
    top_p: topP,
    stop_sequences: stop,
    output_config: effort === undefined ? undefined : { effort },
    stream: true,
  });
}

function encodeMessagesTurn(turn: ChatTurn): Json {
  switch (turn.role) {
    case "user":
      return { role: "user", content: textOnly(turn.parts) ?? turn.parts.map(encodeMessagesPart) };
    case "assistant":
      if (turn.native?.protocol === "messages") return { role: "assistant", content: turn.native.content };
      return {
        role: "assistant",
        content: [
          ...(turn.text === "" ? [] : [{ type: "text", text: turn.text }]),
          ...turn.toolCalls.map(({ id, name, arguments: text }) => ({
            type: "tool_use",
            id,
            name,
            input: parseObject(text),
          })),
        ],
      };
    case "tool":
      return {
        role: "user",
        content: turn.results.map(({ callId, text, isError }) =>
          withoutUndefined({
            type: "tool_result",
            tool_use_id: callId,
            content: text,
            is_error: isError ? true : undefined,
          }),
        ),
      };
  }
}

function encodeMessagesPart(part: UserPart): Json {
  if (part.kind === "text") return { type: "text", text: part.text };
  return {
    type: part.kind,
    source: { type: "base64", media_type: part.mediaType, data: base64Of(part.dataUrl) },
  };
}

/** The text of a message that is nothing but one; most are, and then the short form reads better. */
function textOnly(parts: readonly UserPart[]): string | null {
  const [first] = parts;
  return parts.length === 1 && first?.kind === "text" ? first.text : null;
}

function orUndefined<Item>(items: readonly Item[], encode: (item: Item) => Json): Json[] | undefined {
  return items.length === 0 ? undefined : items.map(encode);
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    return {};
  }
}
