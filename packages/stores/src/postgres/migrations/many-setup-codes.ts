import type { Migration } from "./migration.js";

/** Every gateway prints a link with a code of its own; the code that was there has its link no more. */
export const manySetupCodes: Migration = {
  name: "many setup codes",
  statements: `
  DROP TABLE setup_codes;
  CREATE TABLE setup_codes (code_hash text COLLATE "C" PRIMARY KEY, expires_at_ms bigint NOT NULL);
  `,
};
