import type { AuditEvent, Clock } from "@copilot-llm/model";
import type { AuditStore } from "@copilot-llm/stores";
import { sha256Hex } from "../identity/hash.js";
import { searchAudit } from "./search-audit.js";

/** The same matter is told at most once in this time. */
export const alertQuietMs = 60 * 60_000;

const action = "alert.send";

/** What an alert is about: its kind, and the token or key where it is about one. */
export interface AlertMatter {
  readonly code: string;
  readonly subjectId: string | null;
}

/**
 * Whether the caller is to tell of the matter: true for exactly one of all gateways that share the stores, and for none
 * while it was told within the hour. It is on the audit trail then. Rejects while the trail cannot be written.
 */
export type ClaimAlert = (matter: AlertMatter) => Promise<boolean>;

export function createClaimAlert(audit: AuditStore, clock: Pick<Clock, "nowMs">): ClaimAlert {
  return async (matter) => {
    const nowMs = clock.nowMs();
    const { events } = await searchAudit(audit, { action, fromMs: nowMs - alertQuietMs, limit: 1_000 });
    if (events.some((event) => isAbout(event, matter))) return false;
    return audit.append({
      id: alertId(matter, nowMs),
      atMs: nowMs,
      actor: "system",
      action,
      subjectId: matter.subjectId,
      detail: { code: matter.code },
    });
  };
}

/**
 * The same for all gateways within an hour of the clock, so that the trail takes it from one of them only, and whoever
 * is told twice all the same can see that.
 */
export function alertId({ code, subjectId }: AlertMatter, nowMs: number): string {
  const hour = Math.floor(nowMs / alertQuietMs);
  return `evt_alert_${sha256Hex(JSON.stringify([code, subjectId, hour])).slice(0, 32)}`;
}

function isAbout({ subjectId, detail }: AuditEvent, matter: AlertMatter): boolean {
  return subjectId === matter.subjectId && detail.code === matter.code;
}
