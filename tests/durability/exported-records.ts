import type { Gateway } from "../testing/start-gateway.ts";

/** One line of the export, as far as these tests look at it. */
export interface ExportedRecord {
  readonly id: string;
  readonly outcome: string;
  readonly key_id: string | null;
  /** Null without a recorded body. */
  readonly request: string | null;
  readonly response: string | null;
}

/** Every request on record. */
export async function exportRecords(gateway: Gateway, sessionToken: string): Promise<readonly ExportedRecord[]> {
  const response = await fetch(`${gateway.url}/api/sessions/export?format=jsonl`, {
    headers: { authorization: `Bearer ${sessionToken}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the export answered ${response.status}: ${text}`);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ExportedRecord);
}
