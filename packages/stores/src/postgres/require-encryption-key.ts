import type pg from "pg";
import { createStoreFailure } from "../failure/store-failure.js";

/** Refuses a key that is not the one that the stored tokens were encrypted with; the first gateway's key is taken. */
export async function requireEncryptionKey(client: pg.ClientBase, keyId: string): Promise<void> {
  await client.query(
    `INSERT INTO encryption (id, key_id) VALUES (1, $1)
     ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id
     WHERE NOT EXISTS (SELECT 1 FROM github_tokens WHERE sealed_secret IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM gateways WHERE seen_at > now() - interval '1 minute')`,
    [keyId],
  );
  const { rows } = await client.query<{ key_id: string }>("SELECT key_id FROM encryption");
  if (rows[0]?.key_id === keyId) return;
  throw createStoreFailure(
    "ENCRYPTION_KEY is not the key that the database's tokens are encrypted with: set the one that the other gateways have. Nothing was changed.",
  );
}
