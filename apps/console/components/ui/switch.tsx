import { Switch as RadixSwitch } from "radix-ui";

interface SwitchProps {
  isOn: boolean;
  onToggle: () => void;
  label: string;
  disabled?: boolean;
}

/** An on/off control that acts at once. */
export function Switch({ isOn, onToggle, label, disabled = false }: SwitchProps) {
  return (
    <RadixSwitch.Root
      checked={isOn}
      onCheckedChange={onToggle}
      aria-label={label}
      disabled={disabled}
      className="relative h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors after:absolute after:-inset-2.5 disabled:opacity-60 data-[state=checked]:bg-ok dark:data-[state=checked]:bg-[#2b8a54]"
    >
      <RadixSwitch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-[1.125rem]" />
    </RadixSwitch.Root>
  );
}
