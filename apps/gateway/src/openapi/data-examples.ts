// What the clients' own APIs ask and answer, in few words.

const hello = [{ role: "user", content: "Say hello." }];

export const chatCompletionRequest = { model: "gpt-5-mini", messages: hello, max_completion_tokens: 64 };

export const chatCompletion = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1_778_405_400,
  model: "gpt-5-mini",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello!" } }],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
};

export const chatStream =
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-5-mini","choices":[{"index":0,"delta":{"content":"Hello!"},"finish_reason":null}]}\n\n' +
  "data: [DONE]\n\n";

export const responseRequest = { model: "gpt-5-mini", input: "Say hello.", max_output_tokens: 64 };

export const responseObject = {
  id: "resp_1",
  object: "response",
  status: "completed",
  model: "gpt-5-mini",
  output: [
    {
      type: "message",
      id: "msg_1",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "Hello!", annotations: [] }],
    },
  ],
  usage: { input_tokens: 9, output_tokens: 2, total_tokens: 11 },
};

export const responseStream =
  'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hello!"}\n\n';

export const embeddingRequest = { model: "text-embedding-3-small", input: ["hello", "goodbye"] };

export const embeddingList = {
  object: "list",
  model: "text-embedding-3-small",
  data: [
    { object: "embedding", index: 0, embedding: [0.12, -0.03, 0.4] },
    { object: "embedding", index: 1, embedding: [0.02, 0.31, -0.2] },
  ],
  usage: { prompt_tokens: 4, total_tokens: 4 },
};

export const messageRequest = { model: "claude-sonnet-4.6", max_tokens: 1_024, messages: hello };

export const message = {
  id: "msg_01",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4.6",
  content: [{ type: "text", text: "Hello!" }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 12, output_tokens: 4 },
};

export const messageStream =
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello!"}}\n\n';

export const countTokensRequest = { model: "claude-sonnet-4.6", messages: hello };

export const tokenCountResult = { input_tokens: 12 };

export const openaiModel = {
  id: "gpt-5-mini",
  object: "model",
  created: 0,
  owned_by: "OpenAI",
  billing_multiplier: 0,
  is_premium: false,
  token_prices: null,
  context_window: 264_000,
  max_output_tokens: 64_000,
  capabilities: { family: "gpt-5-mini", vision: true, tool_calls: true },
  supported_endpoints: ["/chat/completions", "/responses"],
};

export const openaiModelList = { object: "list", data: [openaiModel] };

export const anthropicModel = {
  type: "model",
  id: "claude-sonnet-4.6",
  display_name: "Claude Sonnet 4.6",
  created_at: "1970-01-01T00:00:00Z",
};

export const anthropicModelList = {
  data: [anthropicModel],
  first_id: "claude-sonnet-4.6",
  last_id: "claude-sonnet-4.6",
  has_more: false,
};
