import type { Migration } from "./migration.js";

/** How long requests took, so that slow ones are found. Null in records of before: to rewrite them all would hold up the start. */
export const recordDurations: Migration = {
  name: "record durations",
  statements: `
  ALTER TABLE request_records ADD COLUMN duration_ms double precision;
  `,
};
