import type { Charges, RequestRecord } from "@copilot-llm/model";

/** What the ledger's log holds, as JSON. Later versions may add kinds; a kind that is not known is passed over. */
export type LoggedEntry = RequestEntry | ResetEntry | ForgetEntry;

export interface RequestEntry {
  readonly kind: "request";
  readonly record: RequestRecord;
  readonly charges: Charges;
}

export interface ResetEntry {
  readonly kind: "reset";
  readonly keyId: string;
  readonly atMs: number;
}

/** What stands before it of these conversations is removed. */
export interface ForgetEntry {
  readonly kind: "forget";
  readonly conversationIds: readonly string[];
  readonly atMs: number;
}
