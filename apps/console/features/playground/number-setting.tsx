import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { classNames } from "#lib/class-names";
import { ResetButton } from "./reset-button";

interface NumberSettingProps {
  label: string;
  hint?: ReactNode;
  disabledReason?: string | undefined;
  value: number | undefined;
  min: number;
  max: number;
  step: number;
  /** Whether it is set by dragging too: where both ends mean something. */
  hasSlider?: boolean;
  onChange: (value: number | undefined) => void;
}

/** A number that may be left to the service. */
export function NumberSetting(props: NumberSettingProps) {
  const { label, hint, disabledReason, value, min, max, step, hasSlider = false, onChange } = props;
  const t = useTranslations("playground.panel");
  const isDisabled = disabledReason !== undefined;
  return (
    <Field
      label={label}
      hint={disabledReason ?? hint}
      aside={value !== undefined && <ResetButton onReset={() => onChange(undefined)} />}
    >
      {(control) => (
        <div className="flex items-center gap-3">
          <Input
            {...control}
            look="small"
            type="number"
            min={min}
            max={max}
            step={step}
            placeholder={t("unset")}
            disabled={isDisabled}
            value={value ?? ""}
            onChange={(event) => {
              const next = event.target.valueAsNumber;
              onChange(Number.isNaN(next) ? undefined : Math.min(max, Math.max(min, next)));
            }}
            className={classNames(hasSlider && "max-w-28")}
          />
          {hasSlider && (
            <input
              type="range"
              aria-label={label}
              min={min}
              max={max}
              step={step}
              value={value ?? min}
              disabled={isDisabled}
              onChange={(event) => onChange(event.target.valueAsNumber)}
              className={classNames(
                "h-8 min-w-0 flex-1 accent-foreground pointer-coarse:h-11",
                value === undefined && "opacity-60",
              )}
            />
          )}
        </div>
      )}
    </Field>
  );
}
