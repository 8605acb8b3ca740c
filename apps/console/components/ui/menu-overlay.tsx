import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { classNames } from "#lib/class-names";
import type { MenuEntry, MenuOverlayProps } from "./menu-entry";

const itemClasses =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-small outline-none select-none data-[disabled]:cursor-default data-[disabled]:opacity-50 data-[highlighted]:bg-muted pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-foreground-soft";

/** The menu itself; `Menu` fetches it when the pointer or the focus comes near its trigger. */
export function MenuOverlay({ anchor, entries, side = "bottom", align = "end", onClosed }: MenuOverlayProps) {
  const [isOpen, setIsOpen] = useState(true);
  const chosen = useRef<(() => void) | null>(null);
  const run = (action: () => void) => {
    chosen.current = action;
  };
  const end = () => {
    onClosed();
    chosen.current?.();
  };
  return (
    <Menu.Root
      open={isOpen}
      modal={false}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => {
        if (!open) end();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Menu.Popup
            finalFocus={() => anchor}
            className="max-h-[var(--available-height)] min-w-44 animate-fade-in overflow-y-auto rounded-lg border bg-surface-raised text-foreground p-1 shadow-lg outline-none"
          >
            {entries.map((entry) => (
              <Entry key={entry.kind === "separator" ? entry.id : keyOf(entry)} entry={entry} run={run} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function keyOf(entry: Exclude<MenuEntry, { kind: "separator" }>): string {
  return `${entry.kind} ${typeof entry.label === "string" ? entry.label : ""}`;
}

function Entry({ entry, run }: { entry: MenuEntry; run: (action: () => void) => void }) {
  switch (entry.kind) {
    case "separator":
      return <Menu.Separator className="my-1 h-px bg-line" />;
    case "text":
      return <div className="max-w-64 px-2 pt-1.5 pb-1 text-label text-foreground-soft">{entry.label}</div>;
    case "link":
      return (
        <Menu.LinkItem className={itemClasses} closeOnClick render={<Link prefetch={false} href={entry.href} />}>
          {entry.icon !== undefined && <entry.icon aria-hidden />}
          {entry.label}
        </Menu.LinkItem>
      );
    case "toggle":
      return (
        <Menu.CheckboxItem className={itemClasses} checked={entry.isOn} onCheckedChange={entry.onToggle}>
          <span className="flex-1">{entry.label}</span>
          <Menu.CheckboxItemIndicator>
            <Check aria-hidden />
          </Menu.CheckboxItemIndicator>
        </Menu.CheckboxItem>
      );
    case "choice":
      return (
        <Menu.RadioGroup
          aria-label={entry.label}
          value={entry.value}
          onValueChange={(value) => entry.onChange(String(value))}
        >
          {entry.options.map((option) => (
            <Menu.RadioItem key={option.value} value={option.value} closeOnClick className={itemClasses}>
              <span className="flex-1">{option.label}</span>
              <Menu.RadioItemIndicator>
                <Check aria-hidden />
              </Menu.RadioItemIndicator>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      );
    case "action":
      return (
        <Menu.Item
          disabled={entry.disabledReason !== undefined}
          onClick={() => run(entry.onAction)}
          className={classNames(
            itemClasses,
            entry.isDangerous && "text-danger data-[highlighted]:bg-danger-soft [&_svg]:text-danger",
          )}
        >
          {entry.icon !== undefined && <entry.icon aria-hidden />}
          <span className="min-w-0">
            {entry.label}
            {entry.disabledReason !== undefined && (
              <span className="block max-w-56 text-label text-foreground-soft">{entry.disabledReason}</span>
            )}
          </span>
        </Menu.Item>
      );
  }
}
