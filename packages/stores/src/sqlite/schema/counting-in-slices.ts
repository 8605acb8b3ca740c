import type { Migration } from "./migration.js";

/**
 * Records up to `counting_through` are being counted, and so many slices of that are written; 0 where none are. What
 * `counted_through` says is whole.
 */
export const countingInSlices: Migration = {
  name: "counting in slices",
  statements: `
  ALTER TABLE ledger_state ADD COLUMN counting_through INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE ledger_state ADD COLUMN counted_slices INTEGER NOT NULL DEFAULT 0;
  `,
};
