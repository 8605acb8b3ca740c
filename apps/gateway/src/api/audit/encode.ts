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
    viewersSeePrompts: "viewers_see_prompts",
    holdersSeeSessions: "holders_see_sessions",
    batches: "batches",
  } satisfies Record<Exclude<keyof KeyChanges, "limits"> | keyof KeyLimits, keyof UpdateApiKeyBody> &
    Record<keyof SettingsChanges, keyof UpdateSettingsBody>),
);

/** Also of events that an earlier version put on the trail. */
export function encodeAuditEvent({ id, atMs, actor, action, subjectId, detail }: AuditEvent): AuditEventView {
  const { changed, client_ip: clientIp, ...told } = detail;
  const [before, after] = [fieldsOf(told, "before."), fieldsOf(told, "after.")];
  const rest = Object.fromEntries(Object.entries(told).filter(([name]) => !/^(before|after)\./.test(name)));
  return {
    id,
    at: encodeTime(atMs),
    actor,
    action,
    subject_id: subjectId,
    subject_label: labelOf(detail),
    client_ip: typeof clientIp === "string" ? clientIp : null,
    before,
    after,
    detail: typeof changed === "string" ? { ...rest, changed: encodeFieldNames(changed) } : rest,
  };
}

/** The fields of a change, as the API names them; null where it tells of none. */
function fieldsOf(detail: AuditEvent["detail"], prefix: string): AuditEventView["before"] {
  const fields = Object.entries(detail).flatMap(([name, value]) => {
    if (!name.startsWith(prefix)) return [];
    const field = name.slice(prefix.length);
    const told = field.endsWith("AtMs") && typeof value === "number" ? encodeTime(value) : value;
    return [[fieldNames.get(field) ?? field, told] as const];
  });
  return fields.length === 0 ? null : Object.fromEntries(fields);
}

function labelOf({ alias, username, name }: AuditEvent["detail"]): string | null {
  const label = alias ?? username ?? name;
  return typeof label === "string" ? label : null;
}

function encodeFieldNames(names: string): string {
  return names
    .split(",")
    .map((name) => fieldNames.get(name) ?? name)
    .join(",");
}
