import type { Migration } from "./migration.js";

export const quotaCycles: Migration = {
  name: "quota cycles",
  statements: `
  CREATE TABLE quota_cycles (
    entity_id text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    reset_at_ms bigint NOT NULL,
    name text NOT NULL,
    entitlement double precision NOT NULL,
    first_seen_at_ms bigint NOT NULL,
    used_elsewhere_at_first double precision NOT NULL,
    last_seen_at_ms bigint NOT NULL,
    used double precision NOT NULL,
    used_here double precision NOT NULL,
    PRIMARY KEY (entity_id, unit, reset_at_ms)
  );`,
};
