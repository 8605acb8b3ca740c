import { keyLimits } from "@copilot-llm/quota/key-limits";
import { useTranslations } from "use-intl";

const changedFields = [
  "alias",
  "enabled",
  "allowed_models",
  "github_token_ids",
  "limit_period",
  "expires_at",
  "recording",
  "routing_strategy",
  "model_aliases",
  "model_fallbacks",
  "key_defaults",
  "recording_retention_days",
  "legacy_key_enabled",
  "viewers_see_prompts",
  "holders_see_sessions",
  "batches",
  "role",
  "username",
  "name",
  "note",
  "team_id",
  ...keyLimits.map(({ name }) => name),
] as const;

/** A changed field's name as the forms have it; one that is not known stands as the gateway names it. */
export function useFieldName(): (name: string) => string {
  const t = useTranslations("audit.fields");
  return (name) => {
    const known = changedFields.find((field) => field === name);
    return known === undefined ? name : t(known);
  };
}
