import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

export interface Option {
  value: string;
  label: string;
  /** Beside the label: how many there are, an id. */
  detail?: ReactNode;
  /** What it is found by besides its label. */
  search?: string;
  /** A second line. */
  note?: ReactNode;
}

interface OptionListProps {
  placeholder: string;
  options: readonly Option[];
  selected: readonly string[];
  isMultiple?: boolean;
  /** Choosing leads to another list instead of ticking. */
  leadsOn?: boolean;
  /** What was typed as one more option, where it is one. */
  readTyped?: (text: string) => Option | null;
  onSelect: (values: readonly string[]) => void;
  /** Above the list, below the search. */
  children?: ReactNode;
}

/** Options to search and tick, inside a pop-up. Part of overlays only: its code is large. */
export function OptionList(props: OptionListProps) {
  const { placeholder, options, selected, isMultiple = false, leadsOn = false, onSelect } = props;
  const t = useTranslations("filters");
  const [text, setText] = useState("");
  const typed = props.readTyped?.(text) ?? null;
  const isNew = typed !== null && !options.some(({ value }) => value === typed.value);
  return (
    <Combobox.Root
      open
      inline
      multiple
      autoHighlight
      items={isNew ? [typed, ...options] : options}
      onInputValueChange={setText}
      value={options.filter(({ value }) => selected.includes(value))}
      isItemEqualToValue={(item: Option, value: Option) => item.value === value.value}
      itemToStringLabel={({ label, value, search }: Option) => `${label} ${value} ${search ?? ""}`}
      onValueChange={(next: Option[]) => {
        const ids = next.map(({ value }) => value);
        // Where one value holds, the newest replaces the one before.
        onSelect(isMultiple ? ids : ids.slice(-1));
      }}
    >
      <div className="border-b">
        <Combobox.Input
          aria-label={placeholder}
          placeholder={placeholder}
          className="h-10 w-full bg-transparent px-3 text-small outline-none placeholder:text-foreground-soft pointer-coarse:h-12 pointer-coarse:text-base"
        />
      </div>
      {props.children}
      <Combobox.Empty>
        <p className="px-3 py-6 text-center text-small text-foreground-soft">{t("noOption")}</p>
      </Combobox.Empty>
      <Combobox.List className="max-h-80 overflow-y-auto p-1 empty:p-0">
        {(option: Option) => (
          <Combobox.Item
            key={option.value}
            value={option}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-small outline-none select-none data-[highlighted]:bg-muted pointer-coarse:min-h-11"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate">{option.label}</span>
              {option.note !== undefined && (
                <span className="block truncate text-label text-foreground-soft">{option.note}</span>
              )}
            </span>
            {option.detail !== undefined && (
              <span className="max-w-[50%] shrink-0 truncate text-label text-foreground-soft">{option.detail}</span>
            )}
            {leadsOn ? (
              <ChevronRight aria-hidden className="size-4 text-foreground-soft" />
            ) : (
              <span className="grid size-4 shrink-0 place-items-center">
                <Combobox.ItemIndicator>
                  <Check aria-hidden className="size-4" />
                </Combobox.ItemIndicator>
              </span>
            )}
          </Combobox.Item>
        )}
      </Combobox.List>
    </Combobox.Root>
  );
}
