import type { BatchItem } from "@copilot-llm/model";
import type { FileStore } from "../interfaces/file-store.js";
import { insertBatch } from "../postgres/batches/batch-rows.js";
import type { SqlClient } from "../postgres/connection/sql-client.js";
import type { LedgerContents } from "../sqlite/index.js";

/** Takes files, batches and items over as they stand. Returns how many batches there were. */
export async function importBatches(client: SqlClient, files: FileStore, contents: LedgerContents): Promise<number> {
  for await (const { file, content } of contents.files()) await files.write(file, content());
  let batches = 0;
  for await (const { batch, items } of contents.batches()) {
    const position = await insertBatch(client, batch);
    for await (const part of items()) await insertItems(client, position, part);
    batches += 1;
  }
  return batches;
}

async function insertItems(client: SqlClient, batch: number, items: readonly BatchItem[]): Promise<void> {
  await client.query(
    `INSERT INTO batch_items (batch, item, custom_id, file_offset, file_bytes, state, tries, request_id, status, ended_at_ms,
       answer)
     SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::bigint[], $5::integer[], $6::text[], $7::integer[], $8::text[],
       $9::integer[], $10::bigint[], $11::bytea[])`,
    [
      batch,
      items.map(({ index }) => index),
      items.map(({ customId }) => customId),
      items.map(({ offset }) => offset),
      items.map(({ length }) => length),
      items.map(({ state }) => (isMadeUp(state) ? "pending" : state)),
      items.map(({ tries }) => tries),
      items.map(({ requestId }) => requestId),
      items.map(({ status }) => status),
      items.map(({ state, endedAtMs }) => (isMadeUp(state) ? null : endedAtMs)),
      items.map(({ answer }) => answer && Buffer.from(answer)),
    ],
  );
}

/** Such items are stored as pending: their batch says what they count as. */
function isMadeUp(state: BatchItem["state"]): boolean {
  return state === "cancelled" || state === "expired";
}
