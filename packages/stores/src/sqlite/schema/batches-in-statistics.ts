import type { Migration } from "./migration.js";

/** Which requests were made for a batch, and what those used; usage that is not known. Both from now on. */
export const batchesInStatistics: Migration = {
  name: "batches in statistics",
  statements: `
  ALTER TABLE records ADD COLUMN batch_id TEXT;
  ALTER TABLE statistics_cells ADD COLUMN unknown_usage INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE statistics_cells ADD COLUMN batch_premium_units REAL NOT NULL DEFAULT 0;
  ALTER TABLE statistics_cells ADD COLUMN batch_nano_aiu INTEGER NOT NULL DEFAULT 0;
  `,
};
