import type { AuditEvent, Clock } from "@copilot-llm/model";
import type { AuditStore } from "@copilot-llm/stores";
import type { Ids } from "../ids.js";

/** Who makes an administrative change: a username, or `system` for what settings do at start. */
export type Actor = string;

export type Audit = (
  actor: Actor,
  action: string,
  subjectId: string | null,
  detail?: AuditEvent["detail"],
) => Promise<void>;

/** Writes the trail of administrative changes. */
export function createAudit(store: AuditStore, clock: Clock, ids: Ids): Audit {
  return (actor, action, subjectId, detail = {}) =>
    store.append({ id: ids("evt"), atMs: clock.nowMs(), actor, action, subjectId, detail });
}
