import type { Migration } from "./migration.js";

/** Version 1. Times are milliseconds since 1970 in UTC; a nano-AIU is a billionth of an AI credit. */
export const createTables: Migration = {
  name: "create tables",
  statements: `
  CREATE TABLE records (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    conversation_id TEXT NOT NULL,
    recording TEXT NOT NULL,
    key_id TEXT,
    key_alias TEXT NOT NULL,
    token_id TEXT,
    token_alias TEXT,
    model_asked TEXT NOT NULL,
    model_used TEXT,
    operation TEXT NOT NULL,
    protocol TEXT NOT NULL,
    wire TEXT,
    stream INTEGER NOT NULL,
    initiator TEXT NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER NOT NULL,
    error_code TEXT,
    time_to_first_token_ms INTEGER,
    duration_ms INTEGER NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER,
    reasoning_tokens INTEGER,
    premium_units REAL NOT NULL,
    nano_aiu INTEGER,
    client_ip TEXT,
    user_agent TEXT,
    attempts TEXT NOT NULL,
    charged_requests INTEGER NOT NULL,
    charged_premium_units REAL NOT NULL,
    charged_nano_aiu INTEGER NOT NULL,
    charged_tokens INTEGER NOT NULL,
    as_recorded TEXT,
    body_file INTEGER,
    body_offset INTEGER,
    body_bytes INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX records_by_id ON records (id);
  CREATE INDEX records_by_conversation ON records (conversation_id) WHERE recording <> 'off';
  CREATE INDEX records_by_time ON records (started_at_ms);

  CREATE TABLE record_spans (
    first_position INTEGER PRIMARY KEY,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE forgotten_records (
    id TEXT PRIMARY KEY,
    started_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pending_removals (
    conversation_id TEXT PRIMARY KEY,
    through_position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE body_files (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    first_position INTEGER NOT NULL,
    packed_from INTEGER
  ) STRICT;
  CREATE TABLE body_blocks (
    body_file INTEGER NOT NULL,
    first_offset INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    file_offset INTEGER NOT NULL,
    file_bytes INTEGER NOT NULL,
    PRIMARY KEY (body_file, first_offset)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE pending_erasures (
    body_file INTEGER NOT NULL,
    is_block INTEGER NOT NULL,
    first_offset INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (body_file, is_block, first_offset)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_usage (
    key_id TEXT NOT NULL,
    period TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    premium_units REAL NOT NULL,
    nano_aiu INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL,
    PRIMARY KEY (period, key_id, start_ms)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE token_usage (
    token_id TEXT PRIMARY KEY,
    requests INTEGER NOT NULL,
    premium_units REAL NOT NULL,
    nano_aiu INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE statistics_cells (
    dimension TEXT NOT NULL,
    span TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    group_id TEXT NOT NULL,
    split_id TEXT NOT NULL,
    label TEXT,
    split_label TEXT,
    requests INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    aborted INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    premium_units REAL NOT NULL,
    nano_aiu INTEGER NOT NULL,
    latencies BLOB NOT NULL,
    first_tokens BLOB NOT NULL,
    PRIMARY KEY (dimension, span, start_ms, group_id, split_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit_events (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_id TEXT,
    detail TEXT NOT NULL
  ) STRICT;

  CREATE VIRTUAL TABLE turn_words USING fts5(words, detail = 'none', tokenize = 'unicode61 remove_diacritics 0');
  INSERT INTO turn_words (turn_words, rank) VALUES ('secure-delete', 1);

  CREATE TABLE ledger_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    counted_through INTEGER NOT NULL,
    next_position INTEGER NOT NULL,
    words_through INTEGER NOT NULL
  ) STRICT;
  INSERT INTO ledger_state VALUES (1, 0, 1, 0);
  `,
};
