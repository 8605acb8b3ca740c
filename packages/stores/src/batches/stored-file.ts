import type { StoredFile } from "@copilot-llm/model";

/** A file as both backends keep it; what is in it is elsewhere. */
export interface FileRow {
  readonly position: number;
  readonly id: string;
  readonly owner_id: string;
  readonly name: string;
  readonly purpose: StoredFile["purpose"];
  readonly bytes: number;
  readonly created_at_ms: number;
  readonly expires_at_ms: number | null;
}

export function decodeFileRow(row: FileRow): StoredFile {
  return {
    id: row.id,
    ownerId: row.owner_id,
    name: row.name,
    purpose: row.purpose,
    bytes: row.bytes,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}
