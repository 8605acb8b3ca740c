import type { Migration } from "./migration.js";

const charges = `
    requests double precision NOT NULL,
    premium_units double precision NOT NULL,
    nano_aiu double precision NOT NULL,
    tokens double precision NOT NULL`;

export const createTables: Migration = {
  name: "create tables",
  statements: `
  CREATE TABLE github_tokens (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" PRIMARY KEY,
    alias text NOT NULL,
    alias_key text COLLATE "C" NOT NULL CONSTRAINT github_tokens_alias UNIQUE,
    kind text NOT NULL,
    sealed_secret text,
    secret_fingerprint text COLLATE "C" CONSTRAINT github_tokens_secret UNIQUE,
    enabled boolean NOT NULL,
    created_at_ms bigint NOT NULL,
    login text,
    plan text
  );

  CREATE TABLE api_keys (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" PRIMARY KEY,
    alias text NOT NULL,
    alias_key text COLLATE "C" NOT NULL CONSTRAINT api_keys_alias UNIQUE,
    key_hash text COLLATE "C" NOT NULL CONSTRAINT api_keys_hash UNIQUE,
    key_preview text NOT NULL,
    enabled boolean NOT NULL,
    created_at_ms bigint NOT NULL,
    expires_at_ms bigint,
    allowed_models text[],
    github_token_ids text[],
    limits json NOT NULL,
    recording text
  );

  CREATE TABLE users (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" PRIMARY KEY,
    username text NOT NULL,
    username_key text COLLATE "C" NOT NULL UNIQUE,
    password_hash text NOT NULL,
    role text NOT NULL,
    created_at_ms bigint NOT NULL
  );

  CREATE TABLE login_sessions (
    token_hash text COLLATE "C" PRIMARY KEY,
    user_id text COLLATE "C" NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at_ms bigint NOT NULL,
    expires_at_ms bigint NOT NULL
  );
  CREATE INDEX ON login_sessions (user_id);

  CREATE TABLE setup_codes (id integer PRIMARY KEY CHECK (id = 1), code_hash text NOT NULL);
  CREATE TABLE settings (id integer PRIMARY KEY CHECK (id = 1), settings json NOT NULL);
  CREATE TABLE encryption (id integer PRIMARY KEY CHECK (id = 1), key_id text NOT NULL);

  CREATE TABLE audit_events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    at_ms bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject_id text,
    detail json NOT NULL
  );

  CREATE SEQUENCE record_positions CACHE 1;
  CREATE TABLE request_records (
    id text COLLATE "C" NOT NULL,
    started_at_ms bigint NOT NULL,
    position bigint NOT NULL DEFAULT nextval('record_positions'),
    key_id text COLLATE "C",
    key_group text COLLATE "C" NOT NULL,
    token_id text COLLATE "C",
    token_alias text,
    model_used text COLLATE "C",
    protocol text NOT NULL,
    outcome text NOT NULL,
    conversation_id text COLLATE "C",
    input_tokens double precision NOT NULL,
    output_tokens double precision NOT NULL,
    premium_units double precision NOT NULL,
    nano_aiu double precision NOT NULL,
    charged_requests double precision NOT NULL,
    charged_premium_units double precision NOT NULL,
    charged_nano_aiu double precision NOT NULL,
    charged_tokens double precision NOT NULL,
    record text,
    request_body bytea,
    response_body bytea,
    PRIMARY KEY (id, started_at_ms)
  ) PARTITION BY RANGE (started_at_ms);
  CREATE INDEX ON request_records (position);
  CREATE INDEX ON request_records (conversation_id, position);
  CREATE INDEX ON request_records (key_id, started_at_ms);

  CREATE TABLE key_usage (
    key_id text COLLATE "C" NOT NULL,
    period text NOT NULL,
    start_ms bigint NOT NULL,${charges},
    last_used_at_ms bigint NOT NULL,
    PRIMARY KEY (key_id, period, start_ms)
  ) WITH (fillfactor = 70);

  CREATE TABLE token_usage (
    token_id text COLLATE "C" PRIMARY KEY,
    requests double precision NOT NULL,
    premium_units double precision NOT NULL,
    nano_aiu double precision NOT NULL,
    last_used_at_ms bigint NOT NULL
  ) WITH (fillfactor = 70);

  CREATE TABLE gateways (
    id text COLLATE "C" PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 50);

  CREATE TABLE reservations (
    id text COLLATE "C" PRIMARY KEY,
    gateway_id text COLLATE "C" NOT NULL REFERENCES gateways ON DELETE CASCADE,
    key_id text COLLATE "C" NOT NULL,
    at_ms bigint NOT NULL,${charges}
  );
  CREATE INDEX ON reservations (key_id);
  CREATE INDEX ON reservations (gateway_id);

  CREATE TABLE statistics_cells (
    dimension text COLLATE "C" NOT NULL,
    span text COLLATE "C" NOT NULL,
    start_ms bigint NOT NULL,
    group_id text COLLATE "C" NOT NULL,
    label text,
    requests double precision NOT NULL,
    errors double precision NOT NULL,
    input_tokens double precision NOT NULL,
    output_tokens double precision NOT NULL,
    cache_read_tokens double precision NOT NULL,
    cache_write_tokens double precision NOT NULL,
    reasoning_tokens double precision NOT NULL,
    premium_units double precision NOT NULL,
    nano_aiu double precision NOT NULL,
    latencies jsonb NOT NULL,
    first_tokens jsonb NOT NULL,
    PRIMARY KEY (dimension, span, start_ms, group_id)
  ) WITH (fillfactor = 70);

  CREATE FUNCTION add_counts(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(bucket, total), '{}')
    FROM (
      SELECT bucket, sum(count::bigint) AS total
      FROM (SELECT * FROM jsonb_each_text(a) UNION ALL SELECT * FROM jsonb_each_text(b)) AS counts (bucket, count)
      GROUP BY bucket
    ) AS totals
  $$;
  `,
};
