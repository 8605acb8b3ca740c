import { Popover } from "@base-ui/react/popover";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { type Option, OptionList } from "#components/ui/option-list";
import { useRequestCounts } from "#lib/api/use-request-counts";
import { useFigures } from "#lib/use-figures";
import type { CountedSpan, FilterField, FilterOverlayProps } from "./filter-field";

/** A field's options, each with how many requests of the span it holds once that is known. Counted only while they are looked at. */
function useCountedOptions(field: FilterField | undefined, span: CountedSpan | null): readonly Option[] {
  const t = useTranslations("filters");
  const figures = useFigures();
  const { data } = useRequestCounts(span);
  return useMemo(() => {
    const counts = field?.countedAs === undefined ? undefined : data?.[field.countedAs];
    if (field === undefined || counts === undefined) return field?.options ?? [];
    return field.options.map((option) => {
      const count = counts[option.value] ?? 0;
      return { ...option, detail: <span title={t("requests", { count })}>{figures.compact(count)}</span> };
    });
  }, [t, figures, field, data]);
}

/** The pop-up that chooses a field and then its values; `FilterBar` fetches it. */
export function FilterOverlay({
  anchor,
  fields,
  fieldId,
  values,
  countedSpan,
  onChange,
  onClosed,
}: FilterOverlayProps) {
  const t = useTranslations("filters");
  const [isOpen, setIsOpen] = useState(true);
  const [chosen, setChosen] = useState(fieldId);
  const field = fields.find(({ id }) => id === chosen);
  const options = useCountedOptions(field, countedSpan);
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
                options={options}
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
