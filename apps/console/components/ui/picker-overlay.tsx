import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { OptionList } from "./option-list";
import type { PickerOverlayProps } from "./picker-overlay-props";

/** The list of a picker; `Picker` fetches it. */
export function PickerOverlay({ anchor, label, options, selected, onSelect, onClosed, children }: PickerOverlayProps) {
  const [isOpen, setIsOpen] = useState(true);
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => {
        if (!open) onClosed();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-60"
        >
          <Popover.Popup
            aria-label={label}
            finalFocus={() => anchor}
            className="w-[26rem] max-w-[calc(100vw-1rem)] animate-fade-in overflow-hidden rounded-lg border bg-surface-raised text-foreground shadow-lg outline-none"
          >
            <OptionList
              placeholder={label}
              options={options}
              selected={selected}
              onSelect={([value]) => {
                if (value !== undefined) onSelect(value);
                setIsOpen(false);
              }}
            >
              {children}
            </OptionList>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
