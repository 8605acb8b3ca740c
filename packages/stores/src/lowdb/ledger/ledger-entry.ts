import type { AuditEvent, Charges, RequestRecord } from "@copilot-llm/model";
import { createStoreFailure } from "../../failure/store-failure.js";
import type { Audited } from "../../interfaces/audited.js";

/** What the ledger's log holds, as JSON. Entries are never rewritten: `decodeLoggedEntry` reads those of every version. */
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
  /** What the trail says of it; entries of earlier versions have none. */
  readonly event?: AuditEvent;
}

/** What stands before it of these conversations is removed. */
export interface ForgetEntry {
  readonly kind: "forget";
  readonly conversationIds: readonly string[];
  readonly atMs: number;
  readonly event?: AuditEvent;
}

/** The part of an entry that says what the trail is to say. */
export function withEvent<Result>(audited: Audited<Result>, result: Result): { readonly event?: AuditEvent } {
  return audited === null ? {} : { event: audited(result) };
}

const kinds: ReadonlySet<unknown> = new Set<LoggedEntry["kind"]>(["request", "reset", "forget"]);

/**
 * An entry as this version knows it. So far kinds were added and none was changed. Refuses a kind that is not known:
 * what it says would be missing from usage or from what is removed.
 */
export function decodeLoggedEntry(stored: unknown): LoggedEntry {
  if (typeof stored === "object" && stored !== null && "kind" in stored && kinds.has(stored.kind)) {
    return stored as LoggedEntry;
  }
  throw createStoreFailure(
    "The ledger holds an entry of a kind that this software does not know: run the version that wrote it, or restore a backup.",
  );
}
