import type { Migration } from "./migration.js";

/** Who pays for a token, where an admin knows better than the account's own answer. */
export const billingEntities: Migration = {
  name: "billing entities",
  statements: "ALTER TABLE github_tokens ADD COLUMN billing_entity text;",
};
