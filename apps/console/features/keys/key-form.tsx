"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, Select } from "#components/ui/input";
import { KeyLimitFields } from "./key-limit-fields";
import {
  checkKeyForm,
  encodeKeyForm,
  type KeyFormProblems,
  type KeyFormValues,
  type KeySettings,
  recordings,
} from "./key-settings";
import { ModelPicker } from "./model-picker";
import { TokenPicker } from "./token-picker";

interface KeyFormProps {
  initialValues: KeyFormValues;
  submitLabel: string;
  isBusy: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (settings: KeySettings) => void;
  notice?: ReactNode;
}

/** All settings of a key. Problems are shown from the first try to send on, and hold it back. */
export function KeyForm({ initialValues, submitLabel, isBusy, error, onCancel, onSubmit, notice }: KeyFormProps) {
  const t = useTranslations("keys.form");
  const tCommon = useTranslations("common");
  const [values, setValues] = useState(initialValues);
  const [problems, setProblems] = useState<KeyFormProblems>({});
  const change = (changed: Partial<KeyFormValues>) => setValues((current) => ({ ...current, ...changed }));
  const errorOf = (field: keyof KeyFormProblems) => {
    const problem = problems[field];
    return problem === undefined ? undefined : t(`problems.${problem}`);
  };
  const submit = () => {
    const found = checkKeyForm(values, Date.now());
    setProblems(found);
    if (Object.keys(found).length === 0) onSubmit(encodeKeyForm(values));
  };
  return (
    <Form onSubmit={submit} className="contents">
      <DialogBody>
        <Field label={t("alias")} hint={t("aliasHint")} error={errorOf("alias")}>
          {(control) => (
            <Input
              {...control}
              name="alias"
              autoComplete="off"
              value={values.alias}
              onChange={(event) => change({ alias: event.target.value })}
            />
          )}
        </Field>
        <ModelPicker models={values.models} onChange={(models) => change({ models })} />
        <TokenPicker tokenIds={values.tokenIds} onChange={(tokenIds) => change({ tokenIds })} />
        <KeyLimitFields values={values} onChange={change} errorOf={errorOf} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("expiresAt")} hint={t("expiresAtHint")} error={errorOf("expiresAt")}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={values.expiresAt}
                onChange={(event) => change({ expiresAt: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("recording")} hint={t("recordingHint")}>
            {(control) => (
              <Select
                {...control}
                value={values.recording}
                onChange={(event) =>
                  change({ recording: recordings.find((mode) => mode === event.target.value) ?? "" })
                }
              >
                {recordings.map((mode) => (
                  <option key={mode} value={mode}>
                    {t(`recordings.${mode === "" ? "default" : mode}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        {notice}
        {error !== null && <ErrorNotice error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onCancel}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" isBusy={isBusy}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </Form>
  );
}
