import { classNames } from "#lib/class-names";

interface SwitchProps {
  isOn: boolean;
  onToggle: () => void;
  label: string;
  /** Its request runs: it keeps the focus and takes no press. */
  isBusy?: boolean;
}

/** An on/off control that acts at once. */
export function Switch({ isOn, onToggle, label, isBusy = false }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-disabled={isBusy || undefined}
      onClick={() => isBusy || onToggle()}
      className={classNames(
        "relative h-5 w-9 shrink-0 rounded-full transition-colors after:absolute after:-inset-x-1 after:-inset-y-3 aria-disabled:opacity-60",
        isOn ? "bg-ok dark:bg-[#2b8a54]" : "bg-line-strong",
      )}
    >
      <span
        aria-hidden
        className={classNames(
          "block size-4 rounded-full bg-white shadow-sm transition-transform",
          isOn ? "translate-x-[1.125rem]" : "translate-x-0.5",
        )}
      />
    </button>
  );
}
