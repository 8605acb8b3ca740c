import { keyLimits } from "@copilot-llm/quota/key-limits";
import { useFormatter, useTranslations } from "use-intl";
import { useFigures } from "#lib/use-figures";
import { checkLimits, type KeyFormValues, parseLimit } from "./key-settings";

interface KeyLimitSummaryProps {
  values: KeyFormValues;
  /** Without the models. */
  isLimitsOnly?: boolean;
}

/** The limits of a form as one sentence, without those that must be mended first. */
export function KeyLimitSummary({ values, isLimitsOnly = false }: KeyLimitSummaryProps) {
  const t = useTranslations("keys.form.summary");
  const format = useFormatter();
  const figures = useFigures();
  const problems = checkLimits(values.limits);
  const parts = keyLimits.flatMap(({ name, window }) => {
    const limit = parseLimit(values.limits[name]);
    if (limit === null || problems[name] !== undefined) return [];
    const text = t(`limits.${name}`, { limit: figures.count(limit) });
    return [window !== "period" ? text : t(`per.${values.limitPeriod}`, { limit: text })];
  });
  const models = values.models.length === 0 ? t("allModels") : t("models", { count: values.models.length });
  if (isLimitsOnly) return parts.length === 0 ? t("none") : format.list(parts);
  return (
    <p role="status" className="text-small text-foreground-soft">
      {parts.length === 0 ? t("unlimited") : format.list([...parts, models])}
    </p>
  );
}
