// What OpenAI's files and batches and Anthropic's message batches ask and answer, in few words.
import { messageRequest } from "./data-examples.js";

const line = {
  custom_id: "first",
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-5-mini", messages: [{ role: "user", content: "Say hello." }] },
};

/** A file, as the form's text: a line for each request. */
export const uploadForm = { file: `${JSON.stringify(line)}\n`, purpose: "batch" };

export const openaiFile = {
  id: "file-01KB6M3T7Z8W2Q4R",
  object: "file",
  bytes: 157,
  created_at: 1_778_374_800,
  expires_at: 1_780_966_800,
  filename: "requests.jsonl",
  purpose: "batch",
  status: "processed",
};

export const deletedFile = { id: openaiFile.id, object: "file", deleted: true };

export const createOpenaiBatch = {
  input_file_id: openaiFile.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
};

export const openaiBatch = {
  id: "batch_01KB6M3T7Z8W2Q4R",
  object: "batch",
  endpoint: "/v1/chat/completions",
  status: "completed",
  input_file_id: openaiFile.id,
  output_file_id: "file-01KB6M3T7Z8W2Q4S",
  error_file_id: null,
  created_at: 1_778_374_800,
  expires_at: 1_778_461_200,
  completed_at: 1_778_376_000,
  request_counts: { total: 1, completed: 1, failed: 0 },
  errors: null,
  metadata: null,
};

const result = {
  id: "batch_req_1",
  custom_id: "first",
  response: { status_code: 200, body: { object: "chat.completion" } },
};

export const fileContent = `${JSON.stringify({ ...result, error: null })}\n`;

export const createMessageBatch = { requests: [{ custom_id: "first", params: messageRequest }] };

export const messageBatch = {
  id: "msgbatch_01KB6M3T7Z8W2Q4R",
  type: "message_batch",
  processing_status: "ended",
  request_counts: { processing: 0, succeeded: 1, errored: 0, canceled: 0, expired: 0 },
  created_at: "2026-05-10T01:00:00.000Z",
  expires_at: "2026-05-11T01:00:00.000Z",
  ended_at: "2026-05-10T01:20:00.000Z",
  results_url: "https://copilot.example.com/anthropic/v1/messages/batches/msgbatch_01KB6M3T7Z8W2Q4R/results",
};

export const deletedMessageBatch = { id: messageBatch.id, type: "message_batch_deleted" };

export const messageBatchResults = `${JSON.stringify({ custom_id: "first", result: { type: "succeeded", message: { type: "message" } } })}\n`;

/** A page of either API. */
export function pageOf(item: { readonly id: string }) {
  return { object: "list", data: [item], has_more: false, first_id: item.id, last_id: item.id };
}
