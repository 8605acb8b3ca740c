import type { Migration } from "./migration.js";

/** Positions are almost in order of time, and `record_spans` says from when they are: an index would cost every append. */
export const withoutTimeIndex: Migration = {
  name: "without an index by time",
  statements: "DROP INDEX records_by_time;",
};
