import type { RequestDetail, RequestFacts, RequestList, StreamEvents } from "./schemas.js";

export const requestFacts: RequestFacts = {
  id: "req_01KB6M3T7Z8W2Q4R6S8V0X1Y2Z",
  session_id: "key_01KB6M3T7Z8W2Q4R:f3a9:1",
  at: "2026-05-10T09:30:00.000Z",
  key_id: "key_01KB6M3T7Z8W2Q4R",
  key_alias: "laptop",
  token_id: "tok_01KB6M3T7Z8W2Q4R",
  token_alias: "alice",
  client_ip: "192.0.2.7",
  user_agent: "claude-cli/2.1.4 (external, cli)",
  operation: "generate",
  protocol: "anthropic-messages",
  wire: "anthropic-messages",
  stream: true,
  model_asked: "claude-sonnet-4-6",
  model_used: "claude-sonnet-4.6",
  initiator: "user",
  attempts: [{ token_id: "tok_01KB6M3T7Z8W2Q4R", status: 200, failure: null, duration_ms: 420, changes: [] }],
  outcome: "completed",
  status: 200,
  error_code: null,
  ttft_ms: 520,
  duration_ms: 3_100,
  input_tokens: 1_200,
  output_tokens: 340,
  cache_read_tokens: 800,
  cache_write_tokens: 0,
  reasoning_tokens: 120,
  premium_units: 1,
  nano_aiu: null,
  recording: "full",
};

export const requestList: RequestList = { requests: [requestFacts], next_cursor: "r1c-0", searched_to: null };

export const requestDetail: RequestDetail = { ...requestFacts, request_bytes: 5_120, response_bytes: 9_830 };

export const recordedBody = {
  model: "claude-sonnet-4-6",
  max_tokens: 1_024,
  messages: [{ role: "user", content: "Say hello." }],
};

export const recordedAnswer = {
  id: "msg_01",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4.6",
  content: [{ type: "text", text: "Hello!" }],
  stop_reason: "end_turn",
  usage: { input_tokens: 12, output_tokens: 4 },
};

export const recordedStream =
  'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant"}}\n\n';

export const streamEvents: StreamEvents = {
  total: 1,
  events: [{ event: "message_start", data: '{"type":"message_start"}', at_ms: 510 }],
};
