"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Form } from "#components/ui/form";
import { Segmented } from "#components/ui/segmented";
import { useSettings } from "#lib/api/use-settings";
import { KeyLimitSummary } from "./key-limit-summary";
import type { KeyPart } from "./key-parts";
import { KeySettingField } from "./key-setting-field";
import {
  applyPreset,
  checkKeyForm,
  encodeKeyForm,
  hasPresetLimits,
  type KeyFormProblems,
  type KeyFormValues,
  type KeySettings,
  keyPresets,
} from "./key-settings";

interface KeyFormProps {
  initialValues: KeyFormValues;
  /** A new key begins with a preset and a sentence; everything else is a step away. */
  isNew: boolean;
  submitLabel: string;
  isBusy: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (settings: KeySettings) => void;
  notice?: ReactNode;
}

/** All settings of a key. Problems are shown from the first try to send on, and hold it back. */
export function KeyForm(props: KeyFormProps) {
  const { initialValues, isNew, submitLabel, isBusy, error, onCancel, onSubmit, notice } = props;
  const t = useTranslations("keys.form");
  const tCommon = useTranslations("common");
  const { data: settings } = useSettings();
  const [values, setValues] = useState(initialValues);
  const [preset, setPreset] = useState<(typeof keyPresets)[number]>("unlimited");
  const isOwn = !hasPresetLimits(values, preset, settings?.key_defaults);
  const [isFull, setIsFull] = useState(!isNew);
  const [problems, setProblems] = useState<KeyFormProblems>({});
  const change = (changed: Partial<KeyFormValues>) => setValues((current) => ({ ...current, ...changed }));
  const fieldOf = (part: KeyPart) => (
    <KeySettingField key={part} part={part} values={values} problems={problems} onChange={change} />
  );
  const submit = () => {
    const found = checkKeyForm(values, Date.now());
    setProblems(found);
    if (Object.keys(found).some((field) => field !== "alias")) setIsFull(true);
    if (Object.keys(found).length === 0) onSubmit(encodeKeyForm(values));
  };
  const Chevron = isFull ? ChevronDown : ChevronRight;
  return (
    <Form onSubmit={submit} isBusy={isBusy} className="contents">
      <DialogBody>
        {fieldOf("alias")}
        {isNew && (
          <div className="flex flex-col gap-2">
            <span className="text-small font-medium">{t("preset")}</span>
            <Segmented
              label={t("preset")}
              value={isOwn ? "own" : preset}
              options={[...keyPresets, ...(isOwn ? (["own"] as const) : [])].map((value) => ({
                value,
                label: t(`presets.${value}`),
              }))}
              onChange={(next) => {
                if (next === "own") return;
                setPreset(next);
                setValues(applyPreset(values, next, settings?.key_defaults));
              }}
              className="self-start overflow-x-auto"
            />
            <KeyLimitSummary values={values} />
          </div>
        )}
        {isNew && (
          <button
            type="button"
            aria-expanded={isFull}
            onClick={() => setIsFull(!isFull)}
            className="flex items-center gap-1 self-start text-small font-medium text-foreground-soft hover:text-foreground"
          >
            <Chevron aria-hidden className="size-4" />
            {t("more")}
          </button>
        )}
        {isFull && (
          <>
            {(["models", "team", "tokens", "limits"] as const).map(fieldOf)}
            <div className="grid items-start gap-4 sm:grid-cols-2">
              {(["expiry", "recording"] as const).map(fieldOf)}
            </div>
            {fieldOf("note")}
          </>
        )}
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
