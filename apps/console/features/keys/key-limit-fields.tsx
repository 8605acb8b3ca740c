import { type KeyLimit, type KeyLimitName, keyBudgets, keyRates, limitPeriods } from "@copilot-llm/quota/key-limits";
import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field";
import { Input, Select } from "#components/ui/input";
import { type KeyFormValues, parseLimit } from "./key-settings";

type LimitValues = Pick<KeyFormValues, "limits" | "limitPeriod">;

interface KeyLimitFieldsProps {
  values: LimitValues;
  onChange: (changed: Partial<LimitValues>) => void;
  errorOf: (name: KeyLimitName) => string | undefined;
}

/** As `parseLimit` reads it, with every digit kept. */
const typedNumber = new Intl.NumberFormat("en-US", { maximumFractionDigits: 12 });

/** Budgets with their period, and rates. */
export function KeyLimitFields({ values, onChange, errorOf }: KeyLimitFieldsProps) {
  const t = useTranslations("keys.form");
  const limitInput = ({ name }: KeyLimit) => (
    <Field key={name} label={t(`limits.${name}`)} error={errorOf(name)}>
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode="decimal"
          autoComplete="off"
          placeholder={t("noLimit")}
          value={values.limits[name]}
          onChange={(event) => onChange({ limits: { ...values.limits, [name]: event.target.value } })}
          onBlur={() => {
            const limit = parseLimit(values.limits[name]);
            if (limit !== null && Number.isFinite(limit)) {
              onChange({ limits: { ...values.limits, [name]: typedNumber.format(limit) } });
            }
          }}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="rounded-lg border p-4 pt-3">
      <legend className="px-1.5 text-small font-medium">{t("limitsLegend")}</legend>
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:grid-cols-4">
        {keyBudgets.map(limitInput)}
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
      <div className="mt-3 grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:grid-cols-3">{keyRates.map(limitInput)}</div>
    </fieldset>
  );
}
