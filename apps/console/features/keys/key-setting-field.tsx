import type { KeyLimitName } from "@copilot-llm/quota/key-limits";
import { useTranslations } from "use-intl";
import { ModelChips } from "#components/model-chips";
import { Field } from "#components/ui/field";
import { Input, Select, TextArea } from "#components/ui/input";
import { KeyExpiryField } from "./key-expiry-field";
import { KeyLimitFields } from "./key-limit-fields";
import type { KeyPart } from "./key-parts";
import { type KeyFormProblems, type KeyFormValues, recordings } from "./key-settings";
import { TeamField } from "./team-field";
import { TokenPicker } from "./token-picker";

interface KeySettingFieldProps {
  part: KeyPart;
  values: KeyFormValues;
  problems: KeyFormProblems;
  onChange: (changed: Partial<KeyFormValues>) => void;
}

/** The field of one setting of a key, or the fields of its limits. */
export function KeySettingField({ part, values, problems, onChange }: KeySettingFieldProps) {
  const t = useTranslations("keys.form");
  const errorOf = (field: "alias" | "expiresAt" | KeyLimitName) => {
    const problem = problems[field];
    return problem === undefined ? undefined : t(`problems.${problem}`);
  };
  switch (part) {
    case "alias":
      return (
        <Field label={t("alias")} hint={t("aliasHint")} error={errorOf("alias")}>
          {(control) => (
            <Input
              {...control}
              name="alias"
              autoComplete="off"
              value={values.alias}
              onChange={(event) => onChange({ alias: event.target.value })}
            />
          )}
        </Field>
      );
    case "limits":
      return <KeyLimitFields values={values} onChange={onChange} errorOf={errorOf} />;
    case "models":
      return (
        <ModelChips
          label={t("models")}
          models={values.models}
          hint={values.models.length === 0 ? t("modelsAll") : t("modelsOnly", { count: values.models.length })}
          onChange={(models) => onChange({ models })}
        />
      );
    case "team":
      return <TeamField teamId={values.teamId} onChange={(teamId) => onChange({ teamId })} />;
    case "tokens":
      return <TokenPicker tokenIds={values.tokenIds} onChange={(tokenIds) => onChange({ tokenIds })} />;
    case "expiry":
      return (
        <KeyExpiryField
          value={values.expiresAt}
          error={errorOf("expiresAt")}
          onChange={(expiresAt) => onChange({ expiresAt })}
        />
      );
    case "recording":
      return <RecordingField values={values} onChange={onChange} />;
    case "note":
      return (
        <Field label={t("note")} hint={t("noteHint")}>
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              maxLength={1_000}
              value={values.note}
              onChange={(event) => onChange({ note: event.target.value })}
            />
          )}
        </Field>
      );
  }
}

function RecordingField({ values, onChange }: Pick<KeySettingFieldProps, "values" | "onChange">) {
  const t = useTranslations("keys.form");
  return (
    <Field label={t("recording")} hint={t("recordingHint")}>
      {(control) => (
        <Select
          {...control}
          value={values.recording}
          onChange={(event) => onChange({ recording: recordings.find((mode) => mode === event.target.value) ?? "" })}
        >
          {recordings.map((mode) => (
            <option key={mode} value={mode}>
              {t(`recordings.${mode === "" ? "default" : mode}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
