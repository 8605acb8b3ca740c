import type {
  ApiKeyView,
  AuthStatus,
  GithubTokenView,
  ModelOverview,
  RequestFacts,
  StatsRow,
  TeamBody,
} from "@copilot-llm/gateway/admin-api";
import type { SessionFilter } from "../lib/api/use-sessions";

/** No filter of sessions at all. */
export const everySession: SessionFilter = {
  model: null,
  key: null,
  token: null,
  protocol: null,
  status: null,
  code: null,
  client: null,
  minMs: null,
  minCredits: null,
  text: "",
  fromMs: 0,
  toMs: null,
};

export const loggedIn: AuthStatus = {
  setup_required: false,
  authenticated: true,
  username: "ada",
  role: "admin",
  version: "1.2.3",
  public_url: null,
  sign_in_methods: ["password"],
};

export const loggedInAsViewer: AuthStatus = { ...loggedIn, username: "vic", role: "viewer" };

/** An active token; give what matters to the test. */
export function createToken(fields: Partial<GithubTokenView> = {}): GithubTokenView {
  return {
    id: "token-1",
    alias: "Ada",
    token_preview: "gho_abcdef…wxyz",
    kind: "user",
    enabled: true,
    status: "active",
    error_message: null,
    reason_code: null,
    warning: null,
    login: "ada",
    plan: "business",
    billing_entity: "ada",
    billing_entity_source: "account",
    total_requests: 0,
    premium_requests: 0,
    credits_used: 0,
    errors_24h: 0,
    premium_quota_limit: 300,
    premium_quota_used: 0,
    premium_quota_reset: "2026-12-01T00:00:00Z",
    unit: "premium_requests",
    windows: { session: null, weekly: null },
    running: 0,
    resting_models: [],
    models_excluded: [],
    cooling_until: null,
    last_used_at: null,
    created_at: "2026-11-01T00:00:00Z",
    ...fields,
  };
}

/** A key without limits; give what matters to the test. */
export function createKey(fields: Partial<ApiKeyView> = {}): ApiKeyView {
  return {
    id: "key-1",
    alias: "CI",
    key_preview: "clp_AbCdEfGh",
    enabled: true,
    note: "",
    created_at: "2026-11-01T00:00:00Z",
    created_by: "ada",
    last_client: null,
    expires_at: null,
    allowed_models: null,
    github_token_ids: null,
    team_id: null,
    seat_token_id: null,
    previous_value_until: null,
    max_requests: null,
    max_premium_requests: null,
    max_credits: null,
    limit_period: "lifetime",
    rpm: null,
    tpm: null,
    max_concurrency: null,
    recording: null,
    current_requests: 0,
    current_premium_requests: 0,
    current_credits: 0,
    last_used_at: null,
    state: "active",
    limited_by: null,
    resets_at: null,
    ...fields,
  };
}

/** A team without limits and keys; give what matters to the test. */
export function createTeam(fields: Partial<TeamBody> = {}): TeamBody {
  return {
    id: "team_1",
    name: "Red",
    created_at: "2026-11-01T00:00:00Z",
    key_ids: [],
    max_requests: null,
    max_premium_requests: null,
    max_credits: null,
    limit_period: "lifetime",
    rpm: null,
    tpm: null,
    max_concurrency: null,
    current_requests: 0,
    current_premium_requests: 0,
    current_credits: 0,
    ...fields,
  };
}

/** A model of the catalogue; give what matters to the test. */
export function createModel(fields: Partial<ModelOverview> = {}): ModelOverview {
  return {
    id: "gpt-5-mini",
    name: "GPT-5 mini",
    vendor: "OpenAI",
    preview: false,
    billing_multiplier: 0,
    is_premium: false,
    token_prices: null,
    context_window: 264_000,
    max_output_tokens: 64_000,
    capabilities: { type: "chat", vision: true, tool_calls: true, streaming: true },
    supported_endpoints: ["/chat/completions", "/responses"],
    billing: [],
    warnings: [],
    lacking_tokens: [],
    aliases: [],
    fallbacks: [],
    tokens: [{ id: "token-1", alias: "Ada" }],
    ...fields,
  };
}

/** A row of statistics in which nothing happened; give what matters to the test. */
export function createStatsRow(fields: Partial<StatsRow> = {}): StatsRow {
  return {
    group: null,
    label: null,
    split: null,
    split_label: null,
    is_other: false,
    requests: 0,
    errors: 0,
    aborted: 0,
    input_tokens: 0,
    output_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
    reasoning_tokens: 0,
    premium_units: 0,
    nano_aiu: 0,
    unknown_usage: 0,
    latency_p50_ms: null,
    latency_p95_ms: null,
    latency_p99_ms: null,
    ttft_p50_ms: null,
    ttft_p95_ms: null,
    ttft_p99_ms: null,
    output_tokens_per_second_p50: null,
    ...fields,
  };
}

/** A request that went well; give what matters to the test. */
export function createRequestFacts(fields: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: "r1",
    session_id: "s1",
    at: "2026-11-22T11:00:00Z",
    key_id: "key-1",
    key_alias: "CI",
    token_id: "tok-1",
    token_alias: "alice",
    client_ip: null,
    user_agent: "codex/1",
    operation: "generate",
    protocol: "openai-chat",
    wire: "openai-chat",
    stream: true,
    model_asked: "gpt-5-mini",
    model_used: "gpt-5-mini",
    initiator: "user",
    attempts: [],
    outcome: "completed",
    status: 200,
    error_code: null,
    ttft_ms: 100,
    duration_ms: 900,
    input_tokens: 10,
    output_tokens: 5,
    cache_read_tokens: null,
    cache_write_tokens: null,
    reasoning_tokens: null,
    premium_units: 0,
    nano_aiu: 0,
    recording: "full",
    ...fields,
  };
}
