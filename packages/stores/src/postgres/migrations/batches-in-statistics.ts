import type { Migration } from "./migration.js";

/** What batches used, and usage that is not known, both from now on; which gateway runs batches on a payer's quota. */
export const batchesInStatistics: Migration = {
  name: "batches in statistics",
  statements: `
  ALTER TABLE statistics_cells
    ADD COLUMN unknown_usage double precision NOT NULL DEFAULT 0,
    ADD COLUMN batch_premium_units double precision NOT NULL DEFAULT 0,
    ADD COLUMN batch_nano_aiu double precision NOT NULL DEFAULT 0;
  CREATE TABLE batch_entity_leases (
    entity_id text COLLATE "C" PRIMARY KEY,
    worker_id text COLLATE "C" NOT NULL,
    since_ms bigint NOT NULL,
    lease_until_ms bigint NOT NULL
  );
  `,
};
