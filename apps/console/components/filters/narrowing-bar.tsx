import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { protocolNames, useProtocolName } from "#components/protocol-name";
import { useSessionFilterOptions } from "#lib/api/use-sessions";
import { type Narrowing, narrowingNames } from "#lib/narrowing";
import { FilterBar, type FilterField } from "./filter-bar";

interface NarrowingBarProps {
  narrowing: Narrowing | null;
  onNarrow: (next: Narrowing | null) => void;
}

/** The filter of a page of statistics, and that there is only one. */
export function NarrowingBar({ narrowing, onNarrow }: NarrowingBarProps) {
  const t = useTranslations("narrowing");
  const fields = useNarrowingFields();
  return (
    <div className="flex flex-col gap-1.5">
      <FilterBar
        fields={fields}
        values={narrowing === null ? {} : { [narrowing.dimension]: [narrowing.id] }}
        onChange={(field, [id]) => {
          const dimension = narrowingNames.find((name) => name === field);
          onNarrow(dimension === undefined || id === undefined ? null : { dimension, id });
        }}
        onClear={() => onNarrow(null)}
      />
      {narrowing !== null && <p className="text-label text-foreground-soft">{t("hint")}</p>}
    </div>
  );
}

function useNarrowingFields(): readonly FilterField[] {
  const t = useTranslations("narrowing");
  const protocolName = useProtocolName();
  const { data } = useSessionFilterOptions();
  return useMemo(() => {
    const labelled = (options: readonly { id: string; label: string }[]) =>
      options.map(({ id, label }) => ({ value: id, label }));
    return [
      { id: "model", label: t("model"), options: (data?.models ?? []).map((id) => ({ value: id, label: id })) },
      { id: "key", label: t("key"), options: labelled(data?.keys ?? []) },
      { id: "token", label: t("token"), options: labelled(data?.tokens ?? []) },
      {
        id: "protocol",
        label: t("protocol"),
        options: protocolNames.map((value) => ({ value, label: protocolName(value) })),
      },
    ];
  }, [t, protocolName, data]);
}
