import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#lib/class-names";

interface CheckboxProps {
  isChecked: boolean;
  /** Some of what it stands for is ticked. */
  isMixed?: boolean;
  onChange: (isChecked: boolean, event: { shiftKey: boolean }) => void;
  /** The visible label; give `label` instead where there is no room for one. */
  children?: ReactNode;
  label?: string;
  isDisabled?: boolean;
}

/** A tick box whose whole row can be pressed. */
export function Checkbox({ isChecked, isMixed = false, onChange, children, label, isDisabled = false }: CheckboxProps) {
  const Mark = isMixed ? Minus : Check;
  const isMarked = isChecked || isMixed;
  return (
    <label
      className={classNames(
        "flex items-center gap-2.5",
        children !== undefined && "rounded-md px-2 py-1.5 hover:bg-muted pointer-coarse:min-h-11",
        isDisabled ? "opacity-60" : "cursor-pointer",
      )}
    >
      <span className="relative grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          checked={isChecked}
          disabled={isDisabled}
          aria-label={label}
          ref={(input) => {
            if (input !== null) input.indeterminate = isMixed;
          }}
          onChange={(event) => {
            const { nativeEvent } = event;
            onChange(event.target.checked, {
              shiftKey: "shiftKey" in nativeEvent && nativeEvent.shiftKey === true,
            });
          }}
          className={classNames(
            "size-4 cursor-[inherit] appearance-none rounded border pointer-coarse:before:absolute pointer-coarse:before:-inset-3.5",
            isMarked ? "border-primary bg-primary" : "border-line-strong bg-surface",
          )}
        />
        {isMarked && (
          <Mark aria-hidden className="pointer-events-none absolute size-3 text-primary-foreground" strokeWidth={3} />
        )}
      </span>
      {children !== undefined && <span className="min-w-0 flex-1">{children}</span>}
    </label>
  );
}
