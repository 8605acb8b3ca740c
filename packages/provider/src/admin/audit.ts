import type { AuditEvent, Clock } from "@copilot-llm/model";
import type { Ids } from "../identity/ids.js";

/** Who makes an administrative change: a username, or `system` for what settings do at start; with the address if it is known. */
export type Actor = string | { readonly username: string; readonly clientIp: string | null };

/** The field of an event's detail with the address from which it was done. */
const addressField = "client_ip";

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
    actor: nameOf(actor),
    action,
    subjectId,
    detail:
      typeof actor === "string" || actor.clientIp === null ? detail : { ...detail, [addressField]: actor.clientIp },
  });
}

export function nameOf(actor: Actor): string {
  return typeof actor === "string" ? actor : actor.username;
}
