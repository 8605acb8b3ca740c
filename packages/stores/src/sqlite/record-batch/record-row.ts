import type { RequestRecord } from "@copilot-llm/model";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import type { SqlValue } from "../driver/sql-database.js";
import type { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";
import { type NameColumn, nameColumns, type RecordNames } from "./record-names.js";

/** What each request has of its own, in the order in which it is written; `position` and the place of its bodies aside. */
const ownLayout = {
  id: "text",
  started_at_ms: "number",
  conversation_id: "text",
  stream: "number",
  status: "number",
  time_to_first_token_ms: "number",
  duration_ms: "number",
  input_tokens: "number",
  output_tokens: "number",
  cache_read_tokens: "number",
  cache_write_tokens: "number",
  reasoning_tokens: "number",
  premium_units: "number",
  nano_aiu: "number",
  attempts: "text",
  charged_requests: "number",
  charged_premium_units: "number",
  charged_nano_aiu: "number",
  charged_tokens: "number",
  as_recorded: "text",
} as const;

export type OwnColumn = keyof typeof ownLayout;

export const ownColumns = Object.keys(ownLayout) as readonly OwnColumn[];
export const recordColumns: readonly (NameColumn | OwnColumn)[] = [...ownColumns, ...nameColumns];

const ownKinds = Object.values(ownLayout);

export interface RecordRow {
  readonly names: RecordNames;
  /** In the order of `ownColumns`. */
  readonly own: readonly SqlValue[];
}

/** Where a column's value stands in a row. */
export function ownIndex(column: OwnColumn): number {
  return ownColumns.indexOf(column);
}

export function writeRecordRow(writer: ByteWriter, { record, charges }: LedgerEntry): void {
  const { usage } = record;
  writer.names(record);
  writer.text(record.id);
  writer.integer(record.startedAtMs);
  writer.text(record.conversationId);
  writer.number(record.stream ? 1 : 0);
  writer.integer(record.status);
  writer.integer(record.timeToFirstTokenMs);
  writer.integer(record.durationMs);
  writer.integer(usage?.inputTokens ?? null);
  writer.integer(usage?.outputTokens ?? null);
  writer.integer(usage?.cacheReadTokens ?? null);
  writer.integer(usage?.cacheWriteTokens ?? null);
  writer.integer(usage?.reasoningTokens ?? null);
  writer.real(record.premiumUnits);
  writer.integer(record.nanoAiu);
  writer.text(JSON.stringify(record.attempts));
  const isExact = writer.takeExactness();
  writer.integer(charges.requests);
  writer.real(charges.premiumUnits);
  writer.integer(charges.nanoAiu);
  writer.integer(charges.tokens);
  // JSON spells with escapes what a column cannot hold.
  writer.text(isExact ? null : JSON.stringify(record));
  writer.takeExactness();
}

/** The inverse of `writeRecordRow`, as values for the columns. */
export function readRecordRow(reader: ByteReader): RecordRow {
  const names = reader.names();
  const own: SqlValue[] = [];
  for (const kind of ownKinds) own.push(kind === "number" ? reader.number() : reader.text());
  return { names, own };
}

/** A record as its columns give it back. */
export interface StoredRecord {
  readonly id: string;
  readonly started_at_ms: number;
  readonly conversation_id: string;
  readonly recording: RequestRecord["recording"];
  readonly key_id: string | null;
  readonly key_alias: string;
  readonly token_id: string | null;
  readonly token_alias: string | null;
  readonly model_asked: string;
  readonly model_used: string | null;
  readonly operation: RequestRecord["operation"];
  readonly protocol: RequestRecord["protocol"];
  readonly wire: RequestRecord["wire"];
  readonly stream: number;
  readonly initiator: RequestRecord["initiator"];
  readonly outcome: RequestRecord["outcome"];
  readonly status: number;
  readonly error_code: RequestRecord["errorCode"];
  readonly time_to_first_token_ms: number | null;
  readonly duration_ms: number;
  readonly input_tokens: number | null;
  readonly output_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly reasoning_tokens: number;
  readonly premium_units: number;
  readonly nano_aiu: number | null;
  readonly client_ip: string | null;
  readonly user_agent: string | null;
  readonly batch_id: string | null;
  readonly attempts: string;
  readonly as_recorded: string | null;
}

export function decodeRecord(row: StoredRecord): RequestRecord {
  if (row.as_recorded !== null) return JSON.parse(row.as_recorded) as RequestRecord;
  return {
    id: row.id,
    startedAtMs: row.started_at_ms,
    keyId: row.key_id,
    keyAlias: row.key_alias,
    tokenId: row.token_id,
    tokenAlias: row.token_alias,
    clientIp: row.client_ip,
    userAgent: row.user_agent,
    operation: row.operation,
    protocol: row.protocol,
    wire: row.wire,
    stream: row.stream !== 0,
    modelAsked: row.model_asked,
    modelUsed: row.model_used,
    initiator: row.initiator,
    conversationId: row.conversation_id,
    attempts: JSON.parse(row.attempts) as RequestRecord["attempts"],
    outcome: row.outcome,
    status: row.status,
    errorCode: row.error_code,
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    usage:
      row.input_tokens === null
        ? null
        : {
            inputTokens: row.input_tokens,
            outputTokens: row.output_tokens,
            cacheReadTokens: row.cache_read_tokens,
            cacheWriteTokens: row.cache_write_tokens,
            reasoningTokens: row.reasoning_tokens,
          },
    premiumUnits: row.premium_units,
    nanoAiu: row.nano_aiu,
    recording: row.recording,
    ...(row.batch_id === null ? {} : { batchId: row.batch_id }),
  };
}
