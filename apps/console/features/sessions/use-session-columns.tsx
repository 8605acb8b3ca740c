import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { Cost } from "#components/cost";
import type { DataColumn } from "#components/data-table/data-column";
import { Count, Duration, Unknown } from "#components/figure";
import { Outcome } from "#components/outcome";
import { useProtocolName } from "#components/protocol-name";
import { RelativeTime } from "#components/relative-time";
import type { SessionSummary } from "#lib/api/use-sessions";
import { mapClientName } from "#lib/map-client-name";

/** What the list of conversations shows of each. */
export function useSessionColumns(): readonly DataColumn<SessionSummary>[] {
  const t = useTranslations("sessions");
  const protocolName = useProtocolName();
  return useMemo(
    () => [
      {
        id: "title",
        header: t("columns.title"),
        isTitle: true,
        cell: ({ title, models }) => (
          <>
            <span title={title || undefined} className="block truncate">
              {title == null || title === "" ? <span className="text-foreground-soft">{t("untitled")}</span> : title}
            </span>
            <span className="block truncate text-label font-normal text-foreground-soft">
              {models.join(", ") || "–"}
            </span>
          </>
        ),
      },
      {
        id: "last_at",
        header: t("columns.lastAt"),
        width: "8rem",
        card: "aside",
        cell: ({ last_at: lastAt }) => <RelativeTime time={lastAt} />,
      },
      {
        id: "key",
        header: t("columns.key"),
        width: "18%",
        cell: ({ key_alias: alias }) => <span title={alias}>{alias}</span>,
      },
      {
        id: "protocol",
        header: t("columns.protocol"),
        width: "7rem",
        isOptional: true,
        card: "hidden",
        cell: ({ protocol }) => protocolName(protocol),
      },
      {
        id: "tokens_used",
        header: t("columns.servedBy"),
        width: "8rem",
        isOptional: true,
        card: "hidden",
        cell: ({ token_aliases: aliases }) => aliases.join(", ") || "–",
      },
      {
        id: "outcome",
        header: t("columns.outcome"),
        width: "10.5rem",
        cell: ({ status, errors, error_code: code }) => (
          <>
            <Outcome outcome={status} />
            {code !== null && (
              <span title={code} className="block truncate font-mono text-label text-foreground-soft">
                {code}
              </span>
            )}
            {code === null && errors > 0 && (
              <span className="block text-label text-foreground-soft">{t("errors", { count: errors })}</span>
            )}
          </>
        ),
      },
      {
        id: "requests",
        header: t("columns.requests"),
        width: "5rem",
        align: "end",
        card: "hidden",
        cell: ({ requests }) => <Count value={requests} />,
      },
      {
        id: "tokens",
        header: t("columns.tokens"),
        width: "6rem",
        align: "end",
        cell: ({ input_tokens: input, output_tokens: output }) =>
          // Nothing was counted of what never reached a model.
          input + output === 0 ? (
            <Unknown />
          ) : (
            <>
              <Count value={input} /> → <Count value={output} />
            </>
          ),
      },
      {
        id: "cost",
        header: t("columns.cost"),
        width: "7rem",
        align: "end",
        card: "hidden",
        cell: ({ nano_aiu: nanoAiu, premium_units: premium }) => <Cost nanoAiu={nanoAiu} premiumUnits={premium} />,
      },
      {
        id: "duration",
        header: t("columns.span"),
        width: "6.5rem",
        align: "end",
        isOptional: true,
        card: "hidden",
        cell: ({ duration_ms: ms }) => <Duration ms={ms} />,
      },
      {
        id: "client",
        header: t("columns.client"),
        width: "9rem",
        isOptional: true,
        card: "hidden",
        cell: ({ client }) => <span title={client ?? undefined}>{client === null ? "–" : mapClientName(client)}</span>,
      },
    ],
    [t, protocolName],
  );
}
