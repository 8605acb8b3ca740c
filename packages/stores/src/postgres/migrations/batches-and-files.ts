import type { Migration } from "./migration.js";

/**
 * Batches with their items, and files in pieces. Pieces are not compressed, so that a line can be read without the
 * rest of its piece.
 */
export const batchesAndFiles: Migration = {
  name: "batches and files",
  statements: `
  CREATE TABLE files (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL CONSTRAINT files_id UNIQUE,
    owner_id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    bytes bigint,
    created_at_ms bigint NOT NULL,
    expires_at_ms bigint
  );
  CREATE INDEX files_by_owner ON files (owner_id, position);

  CREATE TABLE file_chunks (
    file bigint NOT NULL,
    chunk integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (file, chunk)
  );
  ALTER TABLE file_chunks ALTER COLUMN content SET STORAGE EXTERNAL;

  CREATE TABLE batches (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL CONSTRAINT batches_id UNIQUE,
    owner_id text COLLATE "C" NOT NULL,
    key_id text COLLATE "C",
    owner_name text NOT NULL,
    api text NOT NULL,
    protocol text NOT NULL,
    operation text NOT NULL,
    file_id text COLLATE "C" NOT NULL,
    status text NOT NULL,
    ends_as text,
    wire_headers json NOT NULL,
    metadata json NOT NULL,
    problems json NOT NULL,
    created_at_ms bigint NOT NULL,
    started_at_ms bigint,
    cancel_requested_at_ms bigint,
    ended_at_ms bigint,
    expires_at_ms bigint NOT NULL,
    total integer NOT NULL,
    pending integer NOT NULL,
    running integer NOT NULL,
    succeeded integer NOT NULL,
    errored integer NOT NULL,
    cancelled integer NOT NULL,
    expired integer NOT NULL
  );
  CREATE INDEX batches_by_owner ON batches (owner_id, position);
  CREATE INDEX batches_not_ended ON batches (position) WHERE ended_at_ms IS NULL;

  CREATE TABLE batch_items (
    batch bigint NOT NULL,
    item integer NOT NULL,
    custom_id text NOT NULL,
    file_offset bigint NOT NULL,
    file_bytes integer NOT NULL,
    state text NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    retry_at_ms bigint NOT NULL DEFAULT 0,
    worker_id text,
    lease_until_ms bigint,
    request_id text,
    status integer,
    ended_at_ms bigint,
    answer bytea,
    PRIMARY KEY (batch, item)
  );
  CREATE INDEX batch_items_pending ON batch_items (batch, item) WHERE state = 'pending';
  CREATE INDEX batch_items_running ON batch_items (lease_until_ms) WHERE state = 'running';
  `,
};
