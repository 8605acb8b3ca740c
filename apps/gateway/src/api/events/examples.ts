import type { z } from "@hono/zod-openapi";
import { alert } from "../status/examples.js";
import type { liveEvents as schema } from "./schemas.js";

type Events = Required<z.infer<typeof schema>>;

const events: Events = {
  token_state: {
    token_id: "tok_01KB6M3T7Z8W2Q4S",
    alias: "bob",
    status: "cooling",
    error_message: null,
    cooling_until: "2026-05-10T09:31:00.000Z",
  },
  request_started: {
    id: "req_01KB6M3T7Z8W2Q4R6S8V0X1Y2Z",
    sent_at: "2026-05-10T09:30:00.012Z",
    key_id: "key_01KB6M3T7Z8W2Q4R",
    key_alias: "laptop",
    token_id: "tok_01KB6M3T7Z8W2Q4R",
    token_alias: "alice",
    model: "claude-sonnet-4.6",
    protocol: "anthropic-messages",
    user_agent: "claude-cli/2.1.4 (external, cli)",
  },
  request: {
    id: "req_01KB6M3T7Z8W2Q4R6S8V0X1Y2Z",
    session_id: "key_01KB6M3T7Z8W2Q4R:f3a9:1",
    started_at: "2026-05-10T09:30:00.000Z",
    key_id: "key_01KB6M3T7Z8W2Q4R",
    key_alias: "laptop",
    token_id: "tok_01KB6M3T7Z8W2Q4R",
    token_alias: "alice",
    model: "claude-sonnet-4.6",
    protocol: "anthropic-messages",
    initiator: "user",
    user_agent: "claude-cli/2.1.4 (external, cli)",
    outcome: "completed",
    status: 200,
    error_code: null,
    duration_ms: 3_100,
    ttft_ms: 520,
    input_tokens: 1_200,
    output_tokens: 340,
    premium_units: 1,
    nano_aiu: null,
  },
  key_state: {
    key_id: "key_01KB6M3T7Z8W2Q4R",
    alias: "laptop",
    state: "active",
    limited_by: null,
    resets_at: null,
  },
  key_changed: { key_id: "key_01KB6M3T7Z8W2Q4R" },
  settings_changed: {},
  alert: { ...alert, stands: true },
  gap: {},
};

/** One of each name, as the schema has them. */
export const liveEvents = Object.fromEntries(
  Object.entries(events).map(([name, data]) => [name, { summary: `event: ${name}`, value: { [name]: data } }]),
);
