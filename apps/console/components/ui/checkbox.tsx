import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import type { ReactNode } from "react";

interface CheckboxProps {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
}

/** A labelled tick box whose whole row can be pressed. */
export function Checkbox({ isChecked, onChange, children }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is Radix's button, which a label may hold
    <label className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-muted">
      <RadixCheckbox.Root
        checked={isChecked}
        onCheckedChange={(checked) => onChange(checked === true)}
        className="grid size-4 shrink-0 place-items-center rounded border border-line-strong bg-surface data-[state=checked]:border-primary data-[state=checked]:bg-primary"
      >
        <RadixCheckbox.Indicator>
          <Check aria-hidden className="size-3 text-primary-foreground" strokeWidth={3} />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}
