import { classNames } from "#lib/class-names";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; isDisabled?: boolean; hint?: string }[];
  onChange: (value: Value) => void;
  className?: string;
}

/** A few choices side by side of which one holds. */
export function Segmented<Value extends string>({ label, value, options, onChange, className }: SegmentedProps<Value>) {
  return (
    <fieldset
      aria-label={label}
      className={classNames(
        "flex h-8 min-w-0 shrink-0 rounded-md border bg-surface p-0.5 pointer-coarse:h-11",
        className,
      )}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-disabled={option.isDisabled || undefined}
          title={option.hint}
          onClick={() => option.isDisabled || onChange(option.value)}
          className="min-w-7 rounded px-2 text-label font-medium whitespace-nowrap text-foreground-soft hover:text-foreground aria-disabled:opacity-50 aria-pressed:bg-muted aria-pressed:text-foreground pointer-coarse:px-3"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
