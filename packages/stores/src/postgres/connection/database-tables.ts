import type { AuditEvent, InvitedKey, Joined, KeyLimits, KeySeat, QuotaUnit, Settings } from "@copilot-llm/model";
import type { ColumnType, Generated } from "kysely";
import type { CellDimension, CellSpan } from "../../statistics/cell-place.js";

/** Kept as JSON: read as what it is, written as text. */
type Json<Value> = ColumnType<Value, string, string>;

export interface DatabaseTables {
  github_tokens: {
    position: Generated<number>;
    id: string;
    alias: string;
    alias_key: string;
    kind: "user" | "app_installation" | "logged_in_user";
    sealed_secret: string | null;
    secret_fingerprint: string | null;
    enabled: boolean;
    created_at_ms: number;
    login: string | null;
    plan: string | null;
    billing_entity: string | null;
  };
  api_keys: {
    position: Generated<number>;
    id: string;
    alias: string;
    alias_key: string;
    key_hash: string;
    key_preview: string;
    enabled: boolean;
    created_at_ms: number;
    expires_at_ms: number | null;
    allowed_models: string[] | null;
    github_token_ids: string[] | null;
    limits: Json<KeyLimits>;
    recording: "full" | "metadata" | "off" | null;
    created_by: string | null;
    note: string;
    team_id: string | null;
    seat: ColumnType<KeySeat | null, string | null, string | null>;
    replaced_hash: string | null;
    replaced_until_ms: number | null;
  };
  teams: {
    position: Generated<number>;
    id: string;
    name: string;
    name_key: string;
    created_at_ms: number;
    limits: Json<KeyLimits>;
  };
  invites: {
    position: Generated<number>;
    id: string;
    code_hash: string;
    name: string;
    created_at_ms: number;
    created_by: string;
    expires_at_ms: number;
    key: Json<InvitedKey>;
    serves_owner_first: boolean;
    claimed_until_ms: number | null;
    joined: ColumnType<Joined | null, string | null, string | null>;
  };
  users: {
    position: Generated<number>;
    id: string;
    username: string;
    username_key: string;
    password_hash: string;
    role: "admin" | "viewer";
    created_at_ms: number;
    last_sign_in_at_ms: number | null;
    external_id: string | null;
  };
  login_sessions: {
    token_hash: string;
    user_id: string;
    created_at_ms: number;
    expires_at_ms: number;
    last_seen_at_ms: number;
    method: "password" | "oidc";
    client_ip: string | null;
    user_agent: string | null;
  };
  setup_codes: { code_hash: string; expires_at_ms: number };
  settings: { id: number; settings: Json<Partial<Settings>> };
  encryption: { id: number; key_id: string };
  audit_events: {
    position: Generated<number>;
    id: string;
    at_ms: number;
    actor: string;
    action: string;
    subject_id: string | null;
    detail: Json<AuditEvent["detail"]>;
  };
  request_records: {
    id: string;
    started_at_ms: number;
    position: Generated<number>;
    key_id: string | null;
    key_group: string;
    token_id: string | null;
    token_alias: string | null;
    model_used: string | null;
    protocol: string;
    outcome: string;
    /** Null for requests that belong to no session. */
    conversation_id: string | null;
    input_tokens: number;
    output_tokens: number;
    premium_units: number;
    nano_aiu: number;
    /** Null for what was recorded before version 10 of the schema. */
    duration_ms: number | null;
    charged_requests: number;
    charged_premium_units: number;
    charged_nano_aiu: number;
    charged_tokens: number;
    /** The record as JSON; null once it was removed. */
    record: string | null;
    request_body: Buffer | null;
    response_body: Buffer | null;
  };
  key_usage: ChargeColumns & {
    key_id: string;
    period: "lifetime" | "day" | "month";
    start_ms: number;
    last_used_at_ms: number;
  };
  token_usage: {
    token_id: string;
    requests: number;
    premium_units: number;
    nano_aiu: number;
    last_used_at_ms: number;
  };
  reservations: ChargeColumns & { id: string; gateway_id: string; key_id: string; at_ms: number };
  quota_cycles: {
    entity_id: string;
    unit: QuotaUnit;
    reset_at_ms: number;
    name: string;
    entitlement: number;
    first_seen_at_ms: number;
    used_elsewhere_at_first: number;
    last_seen_at_ms: number;
    used: number;
    used_here: number;
  };
  gateways: { id: string; seen_at: Generated<Date> };
  statistics_cells: {
    dimension: CellDimension;
    span: CellSpan;
    start_ms: number;
    group_id: string;
    split_id: string;
    label: string | null;
    split_label: string | null;
    requests: number;
    errors: number;
    aborted: number;
    input_tokens: number;
    output_tokens: number;
    cache_read_tokens: number;
    cache_write_tokens: number;
    reasoning_tokens: number;
    premium_units: number;
    nano_aiu: number;
    unknown_usage: number;
    batch_premium_units: number;
    batch_nano_aiu: number;
    latencies: Json<Readonly<Record<string, number>>>;
    first_tokens: Json<Readonly<Record<string, number>>>;
  };
}

export interface ChargeColumns {
  requests: number;
  premium_units: number;
  nano_aiu: number;
  tokens: number;
}
