import type { AuditEvent } from "@copilot-llm/model";

/**
 * The administrative trail: only ever appended to. What tells of a change comes along with the change (see `Audited`),
 * in the order in which changes were made.
 */
export interface AuditStore {
  /**
   * For what changes nothing that is stored. Of several callers with one id, on whichever gateway, exactly one gets true
   * and has put its event on the trail; the others' are passed over.
   */
  append(event: AuditEvent): Promise<boolean>;
  /** Newest first; `before` is the id of the last event of the page before. */
  list(query: { readonly limit: number; readonly before?: string }): Promise<readonly AuditEvent[]>;
}
