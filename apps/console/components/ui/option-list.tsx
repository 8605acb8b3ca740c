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
  /** What stands above it and those of its kind. */
  group?: string;
}

interface OptionGroup {
  value: string;
  items: Option[];
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
      items={groupOptions(isNew ? [typed, ...options] : options)}
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
      <Combobox.List className="max-h-[min(26rem,55dvh)] overflow-y-auto p-1 empty:p-0">
        {(entry: Option | OptionGroup) =>
          "items" in entry ? (
            <Combobox.Group key={entry.value} items={entry.items} className="mb-1">
              <Combobox.GroupLabel className="px-2 py-1 text-label text-foreground-soft">
                {entry.value}
              </Combobox.GroupLabel>
              <Combobox.Collection>
                {(option: Option) => <OptionItem key={option.value} option={option} leadsOn={leadsOn} />}
              </Combobox.Collection>
            </Combobox.Group>
          ) : (
            <OptionItem key={entry.value} option={entry} leadsOn={leadsOn} />
          )
        }
      </Combobox.List>
    </Combobox.Root>
  );
}

function OptionItem({ option, leadsOn }: { option: Option; leadsOn: boolean }) {
  return (
    <Combobox.Item
      value={option}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-small outline-none select-none data-[highlighted]:bg-muted pointer-coarse:min-h-11"
    >
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          {option.detail !== undefined && (
            <span className="max-w-[60%] shrink-0 truncate text-label text-foreground-soft">{option.detail}</span>
          )}
        </span>
        {option.note !== undefined && (
          <span className="block truncate text-label text-foreground-soft">{option.note}</span>
        )}
      </span>
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
  );
}

/** Options under their groups' names, in the order in which they come; as they are where none has one. */
function groupOptions(options: readonly Option[]): readonly Option[] | readonly OptionGroup[] {
  if (options.every(({ group }) => group === undefined)) return options;
  const groups = new Map<string, Option[]>();
  for (const option of options) groups.set(option.group ?? "", [...(groups.get(option.group ?? "") ?? []), option]);
  return [...groups].map(([value, items]) => ({ value, items }));
}
