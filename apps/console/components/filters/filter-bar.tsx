"use client";

import { ListFilter, Search, X } from "lucide-react";
import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { useToast } from "#components/ui/toast";
import { createLazyPart } from "#lib/lazy-part";
import type { CountedSpan, FilterField, FilterOverlayProps, FilterValues } from "./filter-field";

export type { FilterField } from "./filter-field";

import { ViewMenu } from "./view-menu";

interface FilterBarProps {
  fields: readonly FilterField[];
  values: FilterValues;
  onChange: (fieldId: string, values: readonly string[]) => void;
  search?: { value: string; onChange: (value: string) => void; placeholder: string };
  onClear: () => void;
  /** Of which requests the values tell how many they hold. */
  countedSpan?: CountedSpan;
  /** What there is to know about what is filtered, on hover of it. */
  hint?: string;
  /** The page's name under which views are saved; without it there are none. */
  viewName?: string;
  /** At the end of the bar: how many are shown, the choice of columns. */
  children?: ReactNode;
}

const FilterOverlay = createLazyPart<FilterOverlayProps>(async () => (await import("./filter-overlay")).FilterOverlay, {
  close: ({ onClosed }) => onClosed(),
});

/** Search and filters of a list. All of it stands in the page's address, so a view can be shared and kept. */
export function FilterBar({
  fields,
  values,
  onChange,
  search,
  onClear,
  countedSpan,
  hint,
  viewName,
  children,
}: FilterBarProps) {
  const t = useTranslations("filters");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const [open, setOpen] = useState<{ anchor: HTMLElement; fieldId: string | null } | null>(null);
  const active = fields.filter(({ id }) => (values[id]?.length ?? 0) > 0);
  const isFiltered = active.length > 0 || (search !== undefined && search.value !== "");
  const clear = () => {
    const before = active.map(({ id }) => [id, values[id] ?? []] as const);
    const searched = search?.value ?? "";
    onClear();
    const undo = () => {
      for (const [id, chosen] of before) onChange(id, chosen);
      if (searched !== "") search?.onChange(searched);
    };
    showToast("done", t("cleared"), { action: { label: tCommon("undo"), onAction: undo } });
  };
  const preload = { onPointerEnter: FilterOverlay.preload, onFocus: FilterOverlay.preload };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {search !== undefined && <SearchInput {...search} />}
      {fields.length > 0 && (
        <Button
          variant="outline"
          size="small"
          aria-haspopup="dialog"
          {...preload}
          onClick={(event) => setOpen({ anchor: event.currentTarget, fieldId: null })}
        >
          <ListFilter aria-hidden />
          {t("add")}
        </Button>
      )}
      {active.map((field) => (
        <FilterChip
          key={field.id}
          field={field}
          values={values[field.id] ?? []}
          hint={hint}
          onEdit={(anchor) => setOpen({ anchor, fieldId: field.id })}
          onRemove={() => onChange(field.id, [])}
        />
      ))}
      {isFiltered && (
        <Button variant="ghost" size="small" onClick={clear}>
          {t("clear")}
        </Button>
      )}
      {(children !== undefined || viewName !== undefined) && (
        <div className="ml-auto flex items-center gap-2 text-small text-foreground-soft">
          {children}
          {viewName !== undefined && <ViewMenu name={viewName} />}
        </div>
      )}
      {open !== null && (
        <Suspense>
          <FilterOverlay
            key={open.fieldId ?? ""}
            anchor={open.anchor}
            fieldId={open.fieldId}
            fields={fields}
            values={values}
            countedSpan={countedSpan ?? null}
            onChange={onChange}
            onClosed={() => setOpen(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
}

const searchDelayMs = 200;

/** Tells what was typed once typing pauses; `/` leads here. */
function SearchInput({ value, onChange, placeholder }: SearchInputProps) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    // Cleared or changed from elsewhere: the address, a chip.
    if (value !== told.current) setTyped(value);
    told.current = value;
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      onChange(typed);
    }, searchDelayMs);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <div className="relative w-64 max-w-full max-sm:w-full">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-foreground-soft"
      />
      <Input
        type="search"
        look="small"
        data-page-search
        aria-label={placeholder}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="pl-8!"
      />
    </div>
  );
}

interface FilterChipProps {
  field: FilterField;
  values: readonly string[];
  hint: string | undefined;
  onEdit: (anchor: HTMLElement) => void;
  onRemove: () => void;
}

function FilterChip({ field, values, hint, onEdit, onRemove }: FilterChipProps) {
  const t = useTranslations("filters");
  const labels = values.map(
    (value) => field.options.find((option) => option.value === value)?.label ?? field.labelOf?.(value) ?? value,
  );
  const shown = labels.length > 2 ? t("several", { count: labels.length }) : labels.join(t("or"));
  return (
    <span className="inline-flex h-8 max-w-full items-center rounded-md border bg-surface text-small pointer-coarse:h-11">
      <button
        type="button"
        aria-haspopup="dialog"
        title={hint === undefined ? labels.join(", ") : `${labels.join(", ")}\n${hint}`}
        onClick={(event) => onEdit(event.currentTarget)}
        className="flex h-full min-w-0 items-center gap-1.5 rounded-l-md pr-1 pl-2.5 hover:bg-muted"
      >
        <span className="text-foreground-soft">{field.label}</span>
        <span className="truncate font-medium">{shown}</span>
      </button>
      <button
        type="button"
        aria-label={t("remove", { field: field.label })}
        onClick={onRemove}
        className="grid h-full w-7 shrink-0 place-items-center rounded-r-md text-foreground-soft hover:bg-muted hover:text-foreground pointer-coarse:w-11"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
