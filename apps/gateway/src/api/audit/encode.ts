import type { AuditEvent, KeyLimits } from "@copilot-llm/model";
import type { KeyChanges, SettingsChanges } from "@copilot-llm/provider";
import { byLimitField } from "@copilot-llm/quota";
import { encodeTime } from "../../http/encode-time.js";
import type { UpdateApiKeyBody } from "../keys/schemas.js";
import type { UpdateSettingsBody } from "../settings/schemas.js";
import type { AuditEventView } from "./schemas.js";

/** What the trail calls a field of a key or of the settings -> what the API calls it. */
const fieldNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alias: "alias",
    enabled: "enabled",
    allowedModels: "allowed_models",
    githubTokenIds: "github_token_ids",
    teamId: "team_id",
    ...byLimitField(({ name }) => name),
    limitPeriod: "limit_period",
    expiresAtMs: "expires_at",
    recording: "recording",
    note: "note",
    routingStrategy: "routing_strategy",
    modelAliases: "model_aliases",
    modelFallbacks: "model_fallbacks",
    keyDefaults: "key_defaults",
    recordingRetentionDays: "recording_retention_days",
    legacyKeyEnabled: "legacy_key_enabled",
  } satisfies Record<Exclude<keyof KeyChanges, "limits"> | keyof KeyLimits, keyof UpdateApiKeyBody> &
    Record<keyof SettingsChanges, keyof UpdateSettingsBody>),
);

/** Also of events that an earlier version put on the trail. */
export function encodeAuditEvent({ id, atMs, actor, action, subjectId, detail }: AuditEvent): AuditEventView {
  const { changed } = detail;
  return {
    id,
    at: encodeTime(atMs),
    actor,
    action,
    subject_id: subjectId,
    subject_label: labelOf(detail),
    detail: typeof changed === "string" ? { ...detail, changed: encodeFieldNames(changed) } : detail,
  };
}

function labelOf({ alias, username }: AuditEvent["detail"]): string | null {
  const label = alias ?? username;
  return typeof label === "string" ? label : null;
}

function encodeFieldNames(names: string): string {
  return names
    .split(",")
    .map((name) => fieldNames.get(name) ?? name)
    .join(",");
}
