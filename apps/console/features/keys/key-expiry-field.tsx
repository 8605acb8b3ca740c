import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { dayMs } from "#lib/time-units";
import { encodeLocalTime } from "./key-settings";

interface KeyExpiryFieldProps {
  /** Where "Expires" alone would not say what of. */
  label?: string;
  /** `YYYY-MM-DDTHH:MM`, local; empty for never. */
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

const presetDays = [30, 90, 365] as const;

/** When a key ends, with the usual spans at hand. */
export function KeyExpiryField({ label, value, error, onChange }: KeyExpiryFieldProps) {
  const t = useTranslations("keys.form");
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={label ?? t("expiresAt")} hint={t("expiresAtHint")} error={error}>
        {(control) => (
          <Input {...control} type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} />
        )}
      </Field>
      <div className="flex gap-1">
        {presetDays.map((days) => (
          <button
            key={days}
            type="button"
            onClick={() => onChange(encodeLocalTime(new Date(Date.now() + days * dayMs)))}
            className="h-6 rounded border px-1.5 text-label text-foreground-soft hover:bg-muted hover:text-foreground pointer-coarse:h-11"
          >
            {t("inDays", { days })}
          </button>
        ))}
      </div>
    </div>
  );
}
