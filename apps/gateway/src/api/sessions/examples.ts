import { requestFacts } from "../requests/examples.js";
import { csvLine } from "../route/csv-line.js";
import { csvColumns, encodeRow } from "./export-lines.js";
import type { SessionDetail, SessionFilterOptions, SessionPage, SessionView } from "./schemas.js";
import type { SessionTurnPage } from "./turn-schemas.js";

export const sessionSummary: SessionView = {
  id: "key_01KB6M3T7Z8W2Q4R:f3a9:1",
  title: "Say hello.",
  first_at: "2026-05-10T09:30:00.000Z",
  last_at: "2026-05-10T09:30:00.000Z",
  requests: 1,
  errors: 0,
  input_tokens: 1_200,
  output_tokens: 340,
  premium_units: 1,
  nano_aiu: 0,
  models: ["claude-sonnet-4.6"],
  token_aliases: ["alice"],
  key_id: "key_01KB6M3T7Z8W2Q4R",
  key_alias: "laptop",
  protocol: "anthropic-messages",
  status: "completed",
  error_code: null,
  client: "claude-cli/2.1.4 (external, cli)",
  initiator: "user",
  duration_ms: 3_100,
};

export const sessionPage: SessionPage = { sessions: [sessionSummary], next_cursor: null, searched_to: null };

export const sessionFilterOptions: SessionFilterOptions = {
  models: ["claude-sonnet-4.6"],
  keys: [{ id: "key_01KB6M3T7Z8W2Q4R", label: "laptop" }],
  tokens: [{ id: "tok_01KB6M3T7Z8W2Q4R", label: "alice" }],
};

const recorded = {
  ...requestFacts,
  request: '{"model":"claude-sonnet-4-6","max_tokens":1024,"messages":[{"role":"user","content":"Say hello."}]}',
  response: '{"type":"message","role":"assistant","content":[{"type":"text","text":"Hello!"}]}',
};

export const sessionDetail: SessionDetail = { ...sessionSummary, records: [recorded] };

export const sessionExport = {
  jsonl: `${JSON.stringify(recorded)}\n`,
  csv: csvLine(csvColumns) + encodeRow(recorded),
};

export const sessionTurnPage: SessionTurnPage = {
  turns: [
    {
      request: requestFacts,
      is_recorded: true,
      system: null,
      tools: null,
      messages: [{ role: "user", parts: [{ type: "text", text: "Say hello." }] }],
      answer: [{ type: "text", text: "Hello!" }],
    },
  ],
  next_cursor: null,
};

export const batchDeleteBody = { ids: ["key_01KB6M3T7Z8W2Q4R:f3a9:1"] };

export const batchDeleteResult = { deleted: 1 };

export const continueBody = { message: "And in French?" };

export const continuedStream =
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Bonjour !"}}\n\n';
