import { Check } from "lucide-react";
import { DropdownMenu as RadixMenu } from "radix-ui";
import { createContext, type ReactNode, useContext, useRef } from "react";
import { classNames } from "#lib/class-names";

const itemClasses =
  "flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-[0.8125rem] outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-muted max-sm:min-h-10 [&_svg]:size-4 [&_svg]:text-foreground-soft";

const RunAfterClose = createContext<(action: () => void) => void>((action) => action());

interface DropdownMenuProps {
  /** The button that opens the menu; it needs a name. */
  trigger: ReactNode;
  side?: "top" | "bottom";
  align?: "start" | "end";
  children: ReactNode;
}

/**
 * A menu of actions or choices, driven by arrow keys and first letters. An action runs when the focus is back
 * on the trigger, so that a dialog opened by it returns the focus there.
 */
export function DropdownMenu({ trigger, side = "bottom", align = "end", children }: DropdownMenuProps) {
  const chosenAction = useRef<(() => void) | null>(null);
  const runChosenAction = () => {
    const action = chosenAction.current;
    chosenAction.current = null;
    if (action !== null) queueMicrotask(action);
  };
  return (
    <RadixMenu.Root modal={false}>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={runChosenAction}
          className="z-50 min-w-44 animate-fade-in rounded-lg border bg-surface-raised p-1 shadow-lg"
        >
          <RunAfterClose.Provider
            value={(action) => {
              chosenAction.current = action;
            }}
          >
            {children}
          </RunAfterClose.Provider>
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

interface MenuItemProps {
  onAction: () => void;
  isDangerous?: boolean;
  children: ReactNode;
}

export function MenuItem({ onAction, isDangerous = false, children }: MenuItemProps) {
  const runAfterClose = useContext(RunAfterClose);
  return (
    <RadixMenu.Item
      className={classNames(
        itemClasses,
        isDangerous && "text-danger data-[highlighted]:bg-danger-soft [&_svg]:text-danger",
      )}
      onSelect={() => runAfterClose(onAction)}
    >
      {children}
    </RadixMenu.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A group of which one option is ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <RadixMenu.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <RadixMenu.RadioItem key={option.value} value={option.value} className={itemClasses}>
          <span className="flex-1">{option.label}</span>
          <RadixMenu.ItemIndicator>
            <Check aria-hidden />
          </RadixMenu.ItemIndicator>
        </RadixMenu.RadioItem>
      ))}
    </RadixMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <RadixMenu.Label className="px-2 pt-1.5 pb-1 text-xs text-foreground-soft">{children}</RadixMenu.Label>;
}

export function MenuSeparator() {
  return <RadixMenu.Separator className="my-1 h-px bg-line" />;
}
