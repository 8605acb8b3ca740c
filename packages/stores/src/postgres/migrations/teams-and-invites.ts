import type { Migration } from "./migration.js";

/** Keys that share limits, seats by invitation, and the value that a key had before. */
export const teamsAndInvites: Migration = {
  name: "teams and invites",
  statements: `
  CREATE TABLE teams (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL CONSTRAINT teams_name UNIQUE,
    created_at_ms bigint NOT NULL,
    limits json NOT NULL
  );

  CREATE TABLE invites (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" PRIMARY KEY,
    code_hash text COLLATE "C" NOT NULL CONSTRAINT invites_code UNIQUE,
    name text NOT NULL,
    created_at_ms bigint NOT NULL,
    created_by text NOT NULL,
    expires_at_ms bigint NOT NULL,
    key json NOT NULL,
    serves_owner_first boolean NOT NULL,
    claimed_until_ms bigint,
    joined json
  );

  ALTER TABLE api_keys
    ADD COLUMN team_id text COLLATE "C",
    ADD COLUMN seat json,
    ADD COLUMN replaced_hash text COLLATE "C" CONSTRAINT api_keys_replaced UNIQUE,
    ADD COLUMN replaced_until_ms bigint;
  `,
};
