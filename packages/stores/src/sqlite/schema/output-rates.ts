import type { Migration } from "./migration.js";

/** How fast tokens came, from now on; an empty histogram is its form alone. */
export const outputRates: Migration = {
  name: "output rates",
  statements: `
  ALTER TABLE statistics_cells ADD COLUMN output_rates BLOB NOT NULL DEFAULT x'01';
  `,
};
