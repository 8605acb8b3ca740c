import type { Migration } from "./migration.js";

/** Who signed in when, how and from where; who made a key, and what for. */
export const seenSessions: Migration = {
  name: "seen sessions",
  statements: `
  ALTER TABLE users ADD last_sign_in_at_ms bigint, ADD external_id text COLLATE "C" CONSTRAINT users_external_id UNIQUE;
  UPDATE users SET last_sign_in_at_ms = (SELECT max(created_at_ms) FROM login_sessions WHERE user_id = users.id);
  ALTER TABLE login_sessions
    ADD last_seen_at_ms bigint, ADD method text COLLATE "C" NOT NULL DEFAULT 'password', ADD client_ip text, ADD user_agent text;
  UPDATE login_sessions SET last_seen_at_ms = created_at_ms;
  ALTER TABLE login_sessions ALTER last_seen_at_ms SET NOT NULL;
  ALTER TABLE api_keys ADD created_by text, ADD note text NOT NULL DEFAULT '';
  `,
};
