import { keyLimits } from "@copilot-llm/quota/key-limits";
import {
  checkKeyForm,
  encodeKeyForm,
  type KeyFormProblems,
  type KeyFormValues,
  type KeySettings,
} from "./key-settings";

/** What of a key is changed by itself, in the order in which it is shown. */
export const keyParts = ["alias", "limits", "models", "tokens", "team", "expiry", "recording", "note"] as const;
export type KeyPart = (typeof keyParts)[number];

const limitNames = keyLimits.map(({ name }) => name);

const settingsOf: Readonly<Record<KeyPart, readonly (keyof KeySettings)[]>> = {
  alias: ["alias"],
  limits: [...limitNames, "limit_period"],
  models: ["allowed_models"],
  tokens: ["github_token_ids"],
  team: ["team_id"],
  expiry: ["expires_at"],
  recording: ["recording"],
  note: ["note"],
};

/** What must be mended before the part is sent; what is wrong with others does not hold it back. */
export function checkKeyPart(part: KeyPart, values: KeyFormValues, nowMs: number): KeyFormProblems {
  const names: readonly string[] = part === "expiry" ? ["expiresAt"] : part === "limits" ? limitNames : [part];
  return Object.fromEntries(Object.entries(checkKeyForm(values, nowMs)).filter(([name]) => names.includes(name)));
}

/** The part's settings alone, so that nothing is written over that somebody else changed meanwhile. */
export function encodeKeyPart(part: KeyPart, values: KeyFormValues): Partial<KeySettings> {
  const settings = encodeKeyForm(values);
  return Object.fromEntries(settingsOf[part].map((name) => [name, settings[name]]));
}
