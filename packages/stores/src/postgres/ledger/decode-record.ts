import type { RequestRecord } from "@copilot-llm/model";
import type { RecordedRequest } from "../../interfaces/ledger.js";

export interface RecordColumns {
  readonly record: string | null;
  readonly request_body: Buffer | null;
  readonly response_body: Buffer | null;
}

/** Null for a record that was removed. */
export function decodeRecorded({
  record,
  request_body: request,
  response_body: response,
}: RecordColumns): RecordedRequest | null {
  if (record === null) return null;
  return { record: decodeRecord(record), bodies: request === null || response === null ? null : { request, response } };
}

export function decodeRecord(json: string): RequestRecord {
  return JSON.parse(json) as RequestRecord;
}
