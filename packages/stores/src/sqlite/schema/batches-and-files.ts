import type { Migration } from "./migration.js";

/** Batches, their items and answers, and which files lie in `files/`, each by its position. */
export const batchesAndFiles: Migration = {
  name: "batches and files",
  statements: `
  CREATE TABLE files (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER
  ) STRICT;
  CREATE INDEX files_by_owner ON files (owner_id, position);

  CREATE TABLE batches (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner_id TEXT NOT NULL,
    key_id TEXT,
    owner_name TEXT NOT NULL,
    api TEXT NOT NULL,
    protocol TEXT NOT NULL,
    operation TEXT NOT NULL,
    file_id TEXT NOT NULL,
    status TEXT NOT NULL,
    ends_as TEXT,
    wire_headers TEXT NOT NULL,
    metadata TEXT NOT NULL,
    problems TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    started_at_ms INTEGER,
    cancel_requested_at_ms INTEGER,
    ended_at_ms INTEGER,
    expires_at_ms INTEGER NOT NULL,
    total INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    running INTEGER NOT NULL,
    succeeded INTEGER NOT NULL,
    errored INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    expired INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX batches_by_owner ON batches (owner_id, position);
  CREATE INDEX batches_not_ended ON batches (position) WHERE ended_at_ms IS NULL;

  CREATE TABLE batch_items (
    batch INTEGER NOT NULL,
    item INTEGER NOT NULL,
    custom_id TEXT NOT NULL,
    file_offset INTEGER NOT NULL,
    file_bytes INTEGER NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    retry_at_ms INTEGER NOT NULL DEFAULT 0,
    worker_id TEXT,
    lease_until_ms INTEGER,
    request_id TEXT,
    status INTEGER,
    ended_at_ms INTEGER,
    answer_bytes INTEGER,
    PRIMARY KEY (batch, item)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX batch_items_pending ON batch_items (batch, item) WHERE state = 'pending';
  CREATE INDEX batch_items_running ON batch_items (lease_until_ms) WHERE state = 'running';

  CREATE TABLE batch_answers (
    position INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    item INTEGER NOT NULL,
    answer BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX batch_answers_by_item ON batch_answers (batch, item);

  CREATE TABLE pending_item_removals (
    batch INTEGER PRIMARY KEY
  ) STRICT;
  `,
};
