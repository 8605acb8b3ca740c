import type { AuditEvent, Clock } from "@copilot-llm/model";
import type { Ids } from "../identity/ids.js";

/** Who makes an administrative change: a username, or `system` for what settings do at start. */
export type Actor = string;

/** Says what was done, for the stores to put on the trail along with the change. Stores nothing by itself. */
export type Audit = (
  actor: Actor,
  action: string,
  subjectId: string | null,
  detail?: AuditEvent["detail"],
) => AuditEvent;

export function createAudit(clock: Clock, ids: Ids): Audit {
  return (actor, action, subjectId, detail = {}) => ({
    id: ids("evt"),
    atMs: clock.nowMs(),
    actor,
    action,
    subjectId,
    detail,
  });
}
