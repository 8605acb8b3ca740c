import { useState } from "react";
import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioCards } from "#components/ui/radio-cards";
import type { GatewaySettings } from "#lib/api/use-settings";
import { RecordingSize } from "./recording-size";
import { SettingsFormBody, SettingsSection, useSettingsForm } from "./settings-section";

const modes = ["full", "metadata", "off"] as const;
const mostDays = 36_500;

/** How much of a request is kept, and for how long. */
export function RecordingSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.recording");
  const { start_settings: start } = settings;
  const [isChecked, setIsChecked] = useState(false);
  const form = useSettingsForm(
    settings,
    {
      mode: settings.recording ?? ("default" as const),
      days: settings.recording_retention_days === null ? "" : String(settings.recording_retention_days),
    },
    ({ mode, days }) => ({
      recording: mode === "default" ? null : mode,
      recording_retention_days: days.trim() === "" ? null : Number(days),
    }),
  );
  const { mode, days } = form.values;
  const areDaysWrong = days.trim() !== "" && !(/^\d+$/u.test(days.trim()) && Number(days) <= mostDays);
  const check = () => {
    setIsChecked(true);
    return !areDaysWrong;
  };
  return (
    <SettingsSection id="recording" title={t("title")}>
      <SettingsFormBody form={form} check={check}>
        <RadioCards
          label={t("mode")}
          name="recording"
          value={mode}
          options={[
            {
              value: "default" as const,
              label: t("asStarted"),
              text: t("asStartedText", { mode: t(`modes.${start.recording}`) }),
            },
            ...modes.map((value) => ({ value, label: t(`modes.${value}`), text: t(`modeTexts.${value}`) })),
          ]}
          onChange={(next) => form.change({ mode: next })}
        />
        <div className="max-w-xs">
          <Field
            label={t("retention")}
            hint={t("retentionHint", { days: start.recording_retention_days })}
            error={isChecked && areDaysWrong ? t("retentionWrong", { days: mostDays }) : undefined}
          >
            {(control) => (
              <Input
                {...control}
                name="retention"
                inputMode="numeric"
                autoComplete="off"
                placeholder={String(start.recording_retention_days)}
                value={days}
                onChange={(event) => form.change({ days: event.target.value })}
              />
            )}
          </Field>
        </div>
        <RecordingSize
          keptDays={settings.recording_retention_days ?? start.recording_retention_days}
          days={days.trim() === "" ? start.recording_retention_days : Number(days)}
        />
        <p className="text-label text-foreground-soft">{t("stays")}</p>
      </SettingsFormBody>
    </SettingsSection>
  );
}
