export type AnswerWire = "chat" | "messages" | "responses";

/** How the fake upstream answers every model call until it is told otherwise. `paceMs` 0: as fast as it can. */
export type AnswerForm =
  | { readonly kind: "json" }
  | {
      readonly kind: "stream";
      readonly paceMs: number;
      /** Default: `streamEvents`. */
      readonly events?: number;
    };

/** One answer, serialised once. */
export interface PreparedAnswer {
  readonly contentType: string;
  /** The events of a stream, each written by itself; a JSON answer is one part. */
  readonly parts: readonly Buffer[];
}

/** Events of a stream where nothing else is said, the first and last ones without text included. */
export const streamEvents = 50;

const model = "gpt-4.1";
const createdAtSeconds = 1_760_000_000;
const text = "The quick brown fox jumps over the lazy dog and goes home for tea.";

export function prepareJson(wire: AnswerWire): PreparedAnswer {
  return { contentType: "application/json", parts: [Buffer.from(JSON.stringify(jsonBodies[wire]))] };
}

export function prepareStream(wire: AnswerWire, events = streamEvents): PreparedAnswer {
  return { contentType: "text/event-stream", parts: streams[wire](events).map((event) => Buffer.from(event)) };
}

const chatUsage = {
  prompt_tokens: 42,
  completion_tokens: 46,
  total_tokens: 88,
  prompt_tokens_details: { cached_tokens: 0 },
};
const messagesUsage = { input_tokens: 42, output_tokens: 46, cache_read_input_tokens: 0 };
const responsesUsage = { input_tokens: 42, output_tokens: 46, total_tokens: 88 };

const jsonBodies: Readonly<Record<AnswerWire, object>> = {
  chat: {
    id: "chatcmpl-bench",
    object: "chat.completion",
    created: createdAtSeconds,
    model,
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
    usage: chatUsage,
  },
  messages: {
    id: "msg_bench",
    type: "message",
    role: "assistant",
    model,
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: messagesUsage,
  },
  responses: {
    id: "resp_bench",
    object: "response",
    created_at: createdAtSeconds,
    status: "completed",
    model,
    output: [{ id: "msg_bench", type: "message", role: "assistant", content: [{ type: "output_text", text }] }],
    usage: responsesUsage,
  },
};

const streams: Readonly<Record<AnswerWire, (events: number) => string[]>> = {
  chat: chatStream,
  messages: messagesStream,
  responses: responsesStream,
};

function chatStream(events: number): string[] {
  const chunk = (choices: readonly object[], more: object = {}) =>
    `data: ${JSON.stringify({ id: "chatcmpl-bench", object: "chat.completion.chunk", created: createdAtSeconds, model, choices, ...more })}\n\n`;
  const delta = (value: object, finishReason: string | null = null) =>
    chunk([{ index: 0, delta: value, finish_reason: finishReason }]);
  const ending = [delta({}, "stop"), chunk([], { usage: chatUsage }), "data: [DONE]\n\n"];
  return fillUp(events, [delta({ role: "assistant", content: "" })], (word) => delta({ content: word }), ending);
}

function messagesStream(events: number): string[] {
  const event = (type: string, more: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
  const message = {
    ...jsonBodies.messages,
    content: [],
    stop_reason: null,
    usage: { ...messagesUsage, output_tokens: 1 },
  };
  return fillUp(
    events,
    [
      event("message_start", { message }),
      event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    ],
    (word) => event("content_block_delta", { index: 0, delta: { type: "text_delta", text: word } }),
    [
      event("content_block_stop", { index: 0 }),
      event("message_delta", { delta: { stop_reason: "end_turn", stop_sequence: null }, usage: messagesUsage }),
      event("message_stop", {}),
    ],
  );
}

function responsesStream(events: number): string[] {
  let sequenceNumber = 0;
  const event = (type: string, more: object) => {
    const data = JSON.stringify({ type, sequence_number: sequenceNumber, ...more });
    sequenceNumber += 1;
    return `event: ${type}\ndata: ${data}\n\n`;
  };
  const started = { ...jsonBodies.responses, status: "in_progress", output: [], usage: null };
  const item = { id: "msg_bench", type: "message", role: "assistant", status: "in_progress", content: [] };
  const place = { item_id: "msg_bench", output_index: 0, content_index: 0 };
  return fillUp(
    events,
    [
      event("response.created", { response: started }),
      event("response.output_item.added", { output_index: 0, item }),
      event("response.content_part.added", { ...place, part: { type: "output_text", text: "" } }),
    ],
    (word) => event("response.output_text.delta", { ...place, delta: word }),
    [event("response.completed", { response: jsonBodies.responses })],
  );
}

/** As many text events between beginning and ending as make `events` in all. */
function fillUp(
  events: number,
  beginning: readonly string[],
  next: (word: string) => string,
  ending: readonly string[],
): string[] {
  const words = text.split(" ");
  const count = events - beginning.length - ending.length;
  const middle = Array.from({ length: count }, (_, index) => next(`${words[index % words.length]} `));
  return [...beginning, ...middle, ...ending];
}
