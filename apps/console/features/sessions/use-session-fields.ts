import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { FilterField } from "#components/filters/filter-bar";
import { useNarrowingFields } from "#components/filters/use-narrowing-fields";
import { commonClients } from "#lib/map-client-name";
import { wordedCodes } from "#lib/use-error-message";
import { useLeastFields } from "./use-least-fields";
import { outcomes } from "./use-session-view";

/** What conversations and requests can be narrowed by. */
export function useSessionFields(): readonly FilterField[] {
  const t = useTranslations("sessions");
  const tOutcomes = useTranslations("outcomes");
  const { model, key, token, protocol } = useNarrowingFields();
  const leastFields = useLeastFields();
  return useMemo(
    () => [
      model,
      key,
      token,
      {
        id: "status",
        countedAs: "status",
        label: t("columns.outcome"),
        options: outcomes.map((value) => ({ value, label: tOutcomes(value) })),
      },
      protocol,
      {
        id: "code",
        countedAs: "code",
        label: t("columns.code"),
        options: wordedCodes.map((value) => ({ value, label: value })),
      },
      {
        id: "client",
        label: t("columns.client"),
        options: commonClients.map(([value, label]) => ({ value, label })),
      },
      ...leastFields,
    ],
    [t, tOutcomes, model, key, token, protocol, leastFields],
  );
}
