import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { OptionList } from "#components/ui/option-list";
import type { FilterOverlayProps } from "./filter-field";

/** The pop-up that chooses a field and then its values; `FilterBar` fetches it. */
export function FilterOverlay({ anchor, fields, fieldId, values, onChange, onClosed }: FilterOverlayProps) {
  const t = useTranslations("filters");
  const [isOpen, setIsOpen] = useState(true);
  const [chosen, setChosen] = useState(fieldId);
  const field = fields.find(({ id }) => id === chosen);
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
          className="z-40"
        >
          <Popover.Popup
            aria-label={field?.label ?? t("add")}
            finalFocus={() => (anchor.isConnected ? anchor : document.getElementById("content"))}
            className="w-72 max-w-[calc(100vw-1rem)] animate-fade-in overflow-hidden rounded-lg border bg-surface-raised text-foreground shadow-lg outline-none"
          >
            {field === undefined ? (
              <OptionList
                key="fields"
                placeholder={t("searchFields")}
                options={fields.map(({ id, label }) => ({ value: id, label }))}
                selected={[]}
                leadsOn
                onSelect={([id]) => setChosen(id ?? null)}
              />
            ) : (
              <OptionList
                key={field.id}
                placeholder={field.label}
                options={field.options}
                selected={values[field.id] ?? []}
                isMultiple={field.isMultiple === true}
                {...(field.readTyped === undefined ? {} : { readTyped: field.readTyped })}
                onSelect={(next) => {
                  onChange(field.id, next);
                  if (field.isMultiple !== true) setIsOpen(false);
                }}
              />
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
