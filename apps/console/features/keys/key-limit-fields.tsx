import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field";
import { Input, Select } from "#components/ui/input";
import { type KeyFormValues, type LimitField, limitFields, limitPeriods } from "./key-settings";

interface KeyLimitFieldsProps {
  values: KeyFormValues;
  onChange: (changed: Partial<KeyFormValues>) => void;
  errorOf: (field: LimitField) => string | undefined;
}

const rateLimits: readonly LimitField[] = ["rpm", "tpm", "max_concurrency"];
const budgetLimits = limitFields.filter((field) => !rateLimits.includes(field));

/** Budgets with their period, and rates. */
export function KeyLimitFields({ values, onChange, errorOf }: KeyLimitFieldsProps) {
  const t = useTranslations("keys.form");
  const limitInput = (field: LimitField) => (
    <Field key={field} label={t(`limits.${field}`)} error={errorOf(field)}>
      {(control) => (
        <Input
          {...control}
          name={field}
          inputMode="decimal"
          autoComplete="off"
          placeholder={t("noLimit")}
          value={values.limits[field]}
          onChange={(event) => onChange({ limits: { ...values.limits, [field]: event.target.value } })}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="rounded-lg border p-4 pt-3">
      <legend className="px-1.5 text-[0.8125rem] font-medium">{t("limitsLegend")}</legend>
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:grid-cols-4">
        {budgetLimits.map(limitInput)}
        <Field label={t("limitPeriod")}>
          {(control) => (
            <Select
              {...control}
              value={values.limitPeriod}
              onChange={(event) => {
                const limitPeriod = limitPeriods.find((period) => period === event.target.value);
                if (limitPeriod !== undefined) onChange({ limitPeriod });
              }}
            >
              {limitPeriods.map((period) => (
                <option key={period} value={period}>
                  {t(`periods.${period}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="mt-3 grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:grid-cols-3">
        {rateLimits.map(limitInput)}
      </div>
    </fieldset>
  );
}
