"use client";

import { byLimitName } from "@copilot-llm/quota/key-limits";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ModelChips } from "#components/model-chips";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/input";
import { KeyLimitFields } from "#features/keys/key-limit-fields";
import type { GatewaySettings } from "#lib/api/use-settings";
import {
  checkKeyForm,
  createKeyFormValues,
  encodeKeyForm,
  type KeyFormProblems,
  type KeyFormValues,
  recordings,
} from "../keys/key-settings";
import { SettingsFormBody, SettingsSection, useSettingsForm } from "./settings-section";

export interface KeyDefaultsSectionProps {
  settings: GatewaySettings;
}

function encodeDefaults(values: KeyFormValues) {
  const { allowed_models, limit_period, recording, ...settings } = encodeKeyForm(values);
  const limits = byLimitName(({ name }) => settings[name]);
  return { key_defaults: { allowed_models, limit_period, recording, ...limits } };
}

/** What a new key has where its maker says nothing else. */
export function KeyDefaultsSection({ settings }: KeyDefaultsSectionProps) {
  const t = useTranslations("settings.keyDefaults");
  const tForm = useTranslations("keys.form");
  const [problems, setProblems] = useState<KeyFormProblems>({});
  const form = useSettingsForm(settings, createKeyFormValues(settings.key_defaults), encodeDefaults);
  const { values, change } = form;
  const check = () => {
    const { alias: _alias, ...found } = checkKeyForm(values, 0);
    setProblems(found);
    return Object.keys(found).length === 0;
  };
  return (
    <SettingsSection id="keys" title={t("title")}>
      <SettingsFormBody form={form} check={check}>
        <p className="text-small text-foreground-soft">{t("text")}</p>
        <KeyLimitFields
          values={values}
          onChange={change}
          errorOf={(name) => {
            const problem = problems[name];
            return problem === undefined ? undefined : tForm(`problems.${problem}`);
          }}
        />
        <ModelChips
          label={tForm("models")}
          models={values.models}
          hint={values.models.length === 0 ? tForm("modelsAll") : tForm("modelsOnly", { count: values.models.length })}
          onChange={(models) => change({ models })}
        />
        <div className="max-w-xs">
          <Field label={tForm("recording")}>
            {(control) => (
              <Select
                {...control}
                value={values.recording}
                onChange={({ target }) => change({ recording: recordings.find((mode) => mode === target.value) ?? "" })}
              >
                {recordings.map((mode) => (
                  <option key={mode} value={mode}>
                    {tForm(`recordings.${mode === "" ? "default" : mode}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </SettingsFormBody>
    </SettingsSection>
  );
}
