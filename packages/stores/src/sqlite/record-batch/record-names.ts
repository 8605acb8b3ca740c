import type { RequestRecord } from "@copilot-llm/model";

/** What many requests have in common: written once, and referred to from then on. In the order of `namesOf`. */
export const nameColumns = [
  "recording",
  "key_id",
  "key_alias",
  "token_id",
  "token_alias",
  "model_asked",
  "model_used",
  "operation",
  "protocol",
  "wire",
  "initiator",
  "outcome",
  "error_code",
  "client_ip",
  "user_agent",
  "batch_id",
] as const;

export type NameColumn = (typeof nameColumns)[number];

/** The names of a record, by a number that they keep until all are forgotten. */
export interface RecordNames {
  readonly code: number;
  /** In the order of `nameColumns`. */
  readonly values: readonly (string | null)[];
}

export function nameIndex(column: NameColumn): number {
  return nameColumns.indexOf(column);
}

/** In the order of `nameColumns`. */
export function namesOf(record: RequestRecord): readonly (string | null)[] {
  return [
    record.recording,
    record.keyId,
    record.keyAlias,
    record.tokenId,
    record.tokenAlias,
    record.modelAsked,
    record.modelUsed,
    record.operation,
    record.protocol,
    record.wire,
    record.initiator,
    record.outcome,
    record.errorCode,
    record.clientIp,
    record.userAgent,
    record.batchId ?? null,
  ];
}
