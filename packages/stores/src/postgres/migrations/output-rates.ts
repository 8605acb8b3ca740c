import type { Migration } from "./migration.js";

/** How fast tokens came, from now on. */
export const outputRates: Migration = {
  name: "output rates",
  statements: `
  ALTER TABLE statistics_cells ADD COLUMN output_rates jsonb NOT NULL DEFAULT '{}';
  `,
};
