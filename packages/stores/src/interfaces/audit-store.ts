import type { AuditEvent } from "@copilot-llm/model";

/** The administrative trail: only ever appended to. */
export interface AuditStore {
  append(event: AuditEvent): Promise<void>;
  /** Newest first; `before` is the id of the last event of the page before. */
  list(query: { readonly limit: number; readonly before?: string }): Promise<readonly AuditEvent[]>;
}
