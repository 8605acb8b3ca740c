import { useTranslations } from "use-intl";
import { type Narrowing, narrowingNames } from "#lib/narrowing";
import { FilterBar } from "./filter-bar";
import type { CountedSpan } from "./filter-field";
import { useNarrowingFields } from "./use-narrowing-fields";

export interface NarrowingBarProps {
  /** What the page's figures are of. */
  range: CountedSpan;
  narrowing: Narrowing | null;
  onNarrow: (next: Narrowing | null) => void;
}

/** The filter of a page of statistics, which says that there is only one. */
export function NarrowingBar({ range, narrowing, onNarrow }: NarrowingBarProps) {
  const t = useTranslations("narrowing");
  const fields = useNarrowingFields();
  return (
    <FilterBar
      fields={narrowingNames.map((name) => fields[name])}
      values={narrowing === null ? {} : { [narrowing.dimension]: [narrowing.id] }}
      onChange={(field, [id]) => {
        const dimension = narrowingNames.find((name) => name === field);
        onNarrow(dimension === undefined || id === undefined ? null : { dimension, id });
      }}
      onClear={() => onNarrow(null)}
      countedSpan={range}
      hint={t("hint")}
    />
  );
}
