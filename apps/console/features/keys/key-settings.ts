import type { ApiKeyView, CreateApiKeyBody, KeyDefaults } from "@copilot-llm/gateway/admin-api";
import { byLimitName, type KeyLimitName, keyLimits, type limitPeriods } from "@copilot-llm/quota/key-limits";
import { presetLimits } from "./preset-limits";

/** How much of a request is recorded; the empty text leaves it to the gateway's setting. */
export const recordings = ["", "full", "metadata", "off"] as const;

/** What the form holds: numbers and times as typed, an empty text meaning "no limit". */
export interface KeyFormValues {
  alias: string;
  models: readonly string[];
  tokenIds: readonly string[];
  limits: Record<KeyLimitName, string>;
  limitPeriod: (typeof limitPeriods)[number];
  /** Local time as `YYYY-MM-DDTHH:MM`, the form of `<input type="datetime-local">`. */
  expiresAt: string;
  recording: (typeof recordings)[number];
  /** The empty text for none. */
  teamId: string;
  note: string;
}

type KeyFormProblem = "required" | "notPositive" | "notWhole" | "past";
export type KeyFormProblems = Partial<Record<"alias" | "expiresAt" | KeyLimitName, KeyFormProblem>>;

/** Every setting spelled out; `null` takes a limit away. */
export type KeySettings = Required<Omit<CreateApiKeyBody, "enabled">>;

/** The form of a new key, of one that exists, or of the defaults for new ones. */
export function createKeyFormValues(key?: KeyDefaults & Partial<ApiKeyView>): KeyFormValues {
  const text = (value: number | null | undefined) => (value == null ? "" : String(value));
  return {
    alias: key?.alias ?? "",
    models: key?.allowed_models ?? [],
    tokenIds: key?.github_token_ids ?? [],
    limits: byLimitName(({ name }) => text(key?.[name])),
    limitPeriod: key?.limit_period ?? "lifetime",
    expiresAt: key?.expires_at == null ? "" : encodeLocalTime(new Date(key.expires_at)),
    recording: key?.recording ?? "",
    teamId: key?.team_id ?? "",
    note: key?.note ?? "",
  };
}

/** A limit as typed, with or without thousands separators; null for none, `NaN` for what is no number. */
export function parseLimit(typed: string): number | null {
  const plain = typed.replace(/[\s,_]/gu, "");
  return plain === "" ? null : Number(plain);
}

/** Where a new key begins: at what fits one person or a pipeline, or at the settings' defaults. */
export const keyPresets = ["unlimited", "person", "pipeline", "defaults"] as const;

/** The form with a preset's limits in place of its own. */
export function applyPreset(
  values: KeyFormValues,
  preset: (typeof keyPresets)[number],
  defaults: KeyDefaults | undefined,
): KeyFormValues {
  const empty = createKeyFormValues();
  if (preset === "defaults") {
    if (defaults === undefined) return values;
    const { limits, limitPeriod, models, recording } = createKeyFormValues(defaults);
    return { ...values, limits, limitPeriod, models, recording };
  }
  const { limits, limitPeriod } = presetLimits[preset];
  return { ...values, limits: { ...empty.limits, ...limits }, limitPeriod };
}

/** Whether the form has a preset's limits still, however they are typed. */
export function hasPresetLimits(
  values: KeyFormValues,
  preset: (typeof keyPresets)[number],
  defaults: KeyDefaults | undefined,
): boolean {
  const { limits, limitPeriod } = applyPreset(values, preset, defaults);
  return (
    values.limitPeriod === limitPeriod &&
    keyLimits.every(({ name }) => parseLimit(values.limits[name]) === parseLimit(limits[name]))
  );
}

/** What must be mended of limits as typed, by name. */
export function checkLimits(typed: KeyFormValues["limits"]): Partial<Record<KeyLimitName, KeyFormProblem>> {
  const problems: Partial<Record<KeyLimitName, KeyFormProblem>> = {};
  for (const { name, isWhole } of keyLimits) {
    const limit = parseLimit(typed[name]);
    if (limit === null) continue;
    if (!Number.isFinite(limit) || limit <= 0) problems[name] = "notPositive";
    else if (isWhole && !Number.isInteger(limit)) problems[name] = "notWhole";
  }
  return problems;
}

/** What must be mended before the form is sent, by field; empty when nothing. */
export function checkKeyForm(values: KeyFormValues, nowMs: number): KeyFormProblems {
  const problems: KeyFormProblems = checkLimits(values.limits);
  if (values.alias.trim() === "") problems.alias = "required";
  if (values.expiresAt !== "" && !(new Date(values.expiresAt).getTime() > nowMs)) problems.expiresAt = "past";
  return problems;
}

/** The settings that a form without problems stands for. */
export function encodeKeyForm(values: KeyFormValues): KeySettings {
  return {
    alias: values.alias.trim(),
    allowed_models: values.models.length === 0 ? null : [...values.models],
    github_token_ids: values.tokenIds.length === 0 ? null : [...values.tokenIds],
    ...byLimitName(({ name }) => parseLimit(values.limits[name])),
    limit_period: values.limitPeriod,
    expires_at: values.expiresAt === "" ? null : new Date(values.expiresAt).toISOString(),
    recording: values.recording === "" ? null : values.recording,
    team_id: values.teamId === "" ? null : values.teamId,
    note: values.note.trim(),
  };
}

/** The form that `<input type="datetime-local">` takes. */
export function encodeLocalTime(date: Date): string {
  const pad = (part: number) => String(part).padStart(2, "0");
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}
