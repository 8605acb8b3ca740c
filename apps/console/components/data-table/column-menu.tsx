"use client";

import { Columns3 } from "lucide-react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Menu } from "#components/ui/menu";
import { useStoredPreference } from "#lib/stored-preference";
import type { DataColumn } from "./data-column";
import { fitColumns } from "./fit-columns";
import { tickRem } from "./tick-rem";
import { useRoomRem } from "./use-room-rem";

/**
 * The columns of a list that are hidden: those the reader hid in this browser, or the optional ones, and what there is
 * no room for.
 */
export function useHiddenColumns<Data>(
  name: string,
  columns: readonly DataColumn<Data>[],
  isSelectable = false,
): readonly [readonly string[], (hidden: readonly string[]) => void] {
  const [stored, setStored] = useStoredPreference(`console.columns.${name}`);
  const roomRem = useRoomRem() - (isSelectable ? tickRem : 0);
  const hidden = useMemo(() => {
    if (stored !== null) return stored.split(",");
    const optional = columns.filter(({ isOptional }) => isOptional === true).map(({ id }) => id);
    const others = columns.filter(({ isOptional }) => isOptional !== true);
    return [...optional, ...fitColumns(others, roomRem)];
  }, [stored, columns, roomRem]);
  return [hidden, (next) => setStored(next.join(","))];
}

interface ColumnMenuProps<Data> {
  columns: readonly DataColumn<Data>[];
  hidden: readonly string[];
  onChange: (hidden: readonly string[]) => void;
}

/** Chooses the columns of a list. */
export function ColumnMenu<Data>({ columns, hidden, onChange }: ColumnMenuProps<Data>) {
  const t = useTranslations("table");
  return (
    <Menu
      entries={columns
        .filter(({ isTitle, header }) => isTitle !== true && header !== "")
        .map(({ id, header }) => ({
          kind: "toggle",
          label: header,
          isOn: !hidden.includes(id),
          onToggle: () => onChange(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]),
        }))}
      trigger={(control) => (
        <Button
          {...control}
          variant="outline"
          size="icon"
          aria-label={t("columns")}
          title={t("columns")}
          className="max-lg:hidden"
        >
          <Columns3 aria-hidden />
        </Button>
      )}
    />
  );
}
