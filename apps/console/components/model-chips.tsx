"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, TriangleAlert, X } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useModels } from "#lib/api/use-models";
import { classNames } from "#lib/class-names";

interface ModelChipsProps {
  label: string;
  hint: string;
  models: readonly string[];
  onChange: (models: readonly string[]) => void;
}

interface ModelItem {
  id: string;
  name: string;
  /** Whether a token of the pool has it. */
  isKnown: boolean;
}

/**
 * Models as chips, chosen from the catalogue. An id that no token has can be added, as typed, and is marked: nothing is
 * taken for another model, and no slip of the finger goes in silently.
 */
export function ModelChips({ label, hint, models, onChange }: ModelChipsProps) {
  const t = useTranslations("modelChips");
  const inputId = useId();
  const { data } = useModels();
  const [query, setQuery] = useState("");
  const known = useMemo(
    () => new Map<string, ModelItem>((data ?? []).map(({ id, name }) => [id, { id, name, isKnown: true }])),
    [data],
  );
  const itemOf = (id: string): ModelItem => known.get(id) ?? { id, name: id, isKnown: false };
  const typed = query.trim();
  const unknown = typed !== "" && !known.has(typed) && !models.includes(typed) ? [itemOf(typed)] : [];
  const items = [...known.values(), ...unknown];
  const takePasted = (text: string) => {
    const ids = text.split(/[\s,]+/u).filter((id) => id !== "" && !models.includes(id));
    onChange([...models, ...new Set(ids)]);
    setQuery("");
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={inputId} className="text-small font-medium">
        {label}
      </label>
      <Combobox.Root
        multiple
        items={items}
        autoHighlight
        value={models.map(itemOf)}
        onValueChange={(next: ModelItem[]) => {
          onChange(next.map(({ id }) => id));
          setQuery("");
        }}
        inputValue={query}
        onInputValueChange={(text) => {
          if (/[,\n]/u.test(text)) takePasted(text);
          else setQuery(text);
        }}
        isItemEqualToValue={(item: ModelItem, value: ModelItem) => item.id === value.id}
        itemToStringLabel={({ id, name }: ModelItem) => `${id} ${name}`}
      >
        <Combobox.InputGroup className="rounded-md border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-accent">
          <Combobox.Chips className="flex flex-wrap items-center gap-1 p-1">
            {models.map((id) => (
              <ModelChip key={id} item={itemOf(id)} />
            ))}
            <Combobox.Input
              id={inputId}
              aria-describedby={`${inputId}-hint`}
              placeholder={models.length === 0 ? t("placeholder") : ""}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="h-7 min-w-40 flex-1 bg-transparent px-2 text-body outline-none placeholder:text-foreground-soft pointer-coarse:h-9 pointer-coarse:text-base"
            />
          </Combobox.Chips>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={6} collisionPadding={8} className="z-60">
            <Combobox.Popup className="w-[var(--anchor-width)] animate-fade-in overflow-hidden rounded-lg border bg-surface-raised text-foreground shadow-lg">
              <Combobox.Empty>
                <p className="px-3 py-6 text-center text-small text-foreground-soft">{t("empty")}</p>
              </Combobox.Empty>
              <Combobox.List className="max-h-72 overflow-y-auto p-1 empty:p-0">
                {(item: ModelItem) => (
                  <Combobox.Item
                    key={item.id}
                    value={item}
                    className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-small outline-none select-none data-[highlighted]:bg-muted pointer-coarse:min-h-11"
                  >
                    {item.isKnown ? (
                      <>
                        <span className="min-w-0 flex-1 truncate">{item.name}</span>
                        <span className="font-mono text-label text-foreground-soft">{item.id}</span>
                      </>
                    ) : (
                      <span className="flex min-w-0 flex-1 items-center gap-2 text-warn">
                        <TriangleAlert aria-hidden className="size-4 shrink-0" />
                        <span className="truncate">{t("addUnknown", { id: item.id })}</span>
                      </span>
                    )}
                    <span className="grid size-4 place-items-center">
                      <Combobox.ItemIndicator>
                        <Check aria-hidden className="size-4" />
                      </Combobox.ItemIndicator>
                    </span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      <p id={`${inputId}-hint`} className="text-label text-foreground-soft">
        {hint}
      </p>
    </div>
  );
}

function ModelChip({ item: { id, isKnown } }: { item: ModelItem }) {
  const t = useTranslations("modelChips");
  return (
    <Combobox.Chip
      title={isKnown ? undefined : t("unknown")}
      className={classNames(
        "flex h-7 items-center gap-1 rounded border pr-0.5 pl-2 font-mono text-label outline-none data-[highlighted]:border-accent",
        isKnown ? "bg-muted" : "border-bar-warn bg-warn-soft text-warn",
      )}
    >
      {!isKnown && <TriangleAlert aria-hidden className="size-3.5 shrink-0" />}
      {id}
      {!isKnown && <span className="sr-only">{t("unknown")}</span>}
      <Combobox.ChipRemove
        aria-label={t("remove", { model: id })}
        className="grid size-6 place-items-center rounded text-foreground-soft hover:text-foreground"
      >
        <X aria-hidden className="size-3" />
      </Combobox.ChipRemove>
    </Combobox.Chip>
  );
}
