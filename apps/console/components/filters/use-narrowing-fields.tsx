import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { protocolNames, useProtocolName } from "#components/protocol-name";
import { useSessionFilterOptions } from "#lib/api/use-sessions";
import type { NarrowingName } from "#lib/narrowing";
import type { FilterField } from "./filter-bar";

/** The filters that pages of statistics and of records have in common, with what there is to choose. */
export function useNarrowingFields(): Readonly<Record<NarrowingName, FilterField>> {
  const t = useTranslations("narrowing");
  const protocolName = useProtocolName();
  const { data } = useSessionFilterOptions();
  return useMemo(() => {
    const labelled = (options: readonly { id: string; label: string }[]) =>
      options.map(({ id, label }) => ({ value: id, label }));
    return {
      model: {
        id: "model",
        label: t("model"),
        options: (data?.models ?? []).map((id) => ({ value: id, label: id })),
        countedAs: "model",
      },
      key: { id: "key", label: t("key"), options: labelled(data?.keys ?? []), countedAs: "key" },
      token: { id: "token", label: t("token"), options: labelled(data?.tokens ?? []), countedAs: "token" },
      protocol: {
        id: "protocol",
        countedAs: "protocol",
        label: t("protocol"),
        options: protocolNames.map((value) => ({ value, label: protocolName(value) })),
      },
    };
  }, [t, protocolName, data]);
}
