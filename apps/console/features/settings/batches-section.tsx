import { useState } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "#components/notice";
import { Badge } from "#components/ui/badge";
import { Checkbox } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import type { GatewaySettings } from "#lib/api/use-settings";
import { SettingsFormBody, SettingsSection, useSettingsForm } from "./settings-section";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const most = 64;

function isPace(typed: string): boolean {
  return /^\d+$/u.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= most;
}

/** Whether batches are run on quota that would be lost, at what pace and not in which hours. */
export function BatchesSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.batches");
  const { batches } = settings;
  const [isChecked, setIsChecked] = useState(false);
  const form = useSettingsForm(
    settings,
    {
      isEnabled: batches.enabled,
      inPool: String(batches.max_in_pool),
      perToken: String(batches.max_per_token),
      quiet: [...batches.quiet_hours],
    },
    ({ isEnabled, inPool, perToken, quiet }) => ({
      batches: {
        enabled: isEnabled,
        max_in_pool: Number(inPool),
        max_per_token: Number(perToken),
        quiet_hours: quiet,
      },
    }),
  );
  const { isEnabled, inPool, perToken, quiet } = form.values;
  const toggle = (hour: number) =>
    form.change({
      quiet: quiet.includes(hour) ? quiet.filter((one) => one !== hour) : [...quiet, hour].sort((a, b) => a - b),
    });
  const check = () => {
    setIsChecked(true);
    return isPace(inPool) && isPace(perToken);
  };
  const pace = (name: "inPool" | "perToken", value: string) => (
    <Field label={t(name)} error={isChecked && !isPace(value) ? t("paceWrong", { most }) : undefined}>
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={({ target }) => form.change({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <SettingsSection
      id="batches"
      title={t("title")}
      aside={<Badge tone={batches.enabled ? "ok" : "neutral"}>{t(batches.enabled ? "on" : "off")}</Badge>}
    >
      <SettingsFormBody form={form} check={check}>
        <p className="text-small text-foreground-soft">{t("text")}</p>
        <Notice tone="warn">{t("terms")}</Notice>
        <Checkbox isChecked={isEnabled} onChange={(next) => form.change({ isEnabled: next })}>
          <span className="text-small font-medium">{t("enable")}</span>
        </Checkbox>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {pace("inPool", inPool)}
          {pace("perToken", perToken)}
        </div>
        <fieldset>
          <legend className="text-small font-medium">{t("quiet")}</legend>
          <div className="mt-1.5 grid grid-cols-6 gap-1 sm:grid-cols-12">
            {hours.map((hour) => (
              <button
                key={hour}
                type="button"
                aria-pressed={quiet.includes(hour)}
                aria-label={t("hour", { hour: String(hour).padStart(2, "0") })}
                onClick={() => toggle(hour)}
                className="h-8 rounded-md border text-label tabular-nums text-foreground-soft hover:bg-muted aria-pressed:border-accent aria-pressed:bg-info-soft aria-pressed:text-foreground pointer-coarse:h-11"
              >
                {String(hour).padStart(2, "0")}
              </button>
            ))}
          </div>
          <p className="mt-1.5 text-label text-foreground-soft">
            {quiet.length === 0 ? t("quietNever") : t("quietHint", { count: quiet.length })}
          </p>
        </fieldset>
      </SettingsFormBody>
    </SettingsSection>
  );
}
