import type { ReactNode } from "react";

interface RadioCardsProps<Value extends string> {
  /** Both the group's label and its name. */
  label: string;
  isLabelHidden?: boolean;
  name: string;
  value: Value;
  options: readonly { value: Value; label: string; text: ReactNode }[];
  onChange: (value: Value) => void;
}

/** A choice of few, each with what it means. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>) {
  const { label, isLabelHidden = false, name, value, options, onChange } = props;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className={isLabelHidden ? "sr-only" : "mb-1.5 text-small font-medium"}>{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex cursor-pointer items-start gap-2.5 rounded-lg border px-3.5 py-2.5 text-small has-checked:border-accent has-checked:bg-info-soft has-disabled:cursor-default has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="mt-0.5 accent-accent outline-none"
          />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{option.label}</span>
            <span className="block text-foreground-soft">{option.text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
