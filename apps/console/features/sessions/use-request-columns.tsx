import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { Cost } from "#components/cost";
import type { DataColumn } from "#components/data-table/data-column";
import { Count, Duration, Unknown } from "#components/figure";
import { Outcome } from "#components/outcome";
import { useProtocolName } from "#components/protocol-name";
import { RelativeTime } from "#components/relative-time";
import type { RequestFacts } from "#lib/api/use-requests";
import { mapClientName } from "#lib/map-client-name";

/** What the list of requests shows of each. */
export function useRequestColumns(): readonly DataColumn<RequestFacts>[] {
  const t = useTranslations("sessions");
  const protocolName = useProtocolName();
  return useMemo(
    () => [
      {
        id: "at",
        header: t("columns.time"),
        isTitle: true,
        width: "8.5rem",
        cell: ({ at }) => <RelativeTime time={at} />,
      },
      {
        id: "key",
        header: t("columns.key"),
        width: "14%",
        cell: ({ key_alias: alias }) => <span title={alias}>{alias}</span>,
      },
      {
        id: "model",
        header: t("columns.model"),
        cell: ({ model_asked: asked, model_used: used }) => (
          <span title={used === null || used === asked ? asked : `${asked} → ${used}`}>
            {used === null || used === asked ? asked : `${asked} → ${used}`}
          </span>
        ),
      },
      {
        id: "protocol",
        header: t("columns.protocol"),
        width: "9rem",
        isOptional: true,
        card: "hidden",
        cell: ({ protocol, wire }) =>
          wire === null || wire === protocol
            ? protocolName(protocol)
            : `${protocolName(protocol)} → ${protocolName(wire)}`,
      },
      {
        id: "token",
        header: t("columns.token"),
        width: "6rem",
        givesWay: true,
        card: "hidden",
        cell: ({ token_alias: alias }) => alias ?? "–",
      },
      {
        id: "outcome",
        header: t("columns.outcome"),
        width: "12rem",
        card: "aside",
        cell: ({ outcome, status, error_code: code }) => <Outcome outcome={outcome} status={status} code={code} />,
      },
      {
        id: "attempts",
        header: t("columns.attempts"),
        width: "5.5rem",
        align: "end",
        isOptional: true,
        card: "hidden",
        cell: ({ attempts }) => attempts.length,
      },
      {
        id: "ttft",
        header: t("columns.firstToken"),
        width: "6rem",
        givesWay: true,
        align: "end",
        card: "hidden",
        cell: ({ ttft_ms: ms }) => <Duration ms={ms} />,
      },
      {
        id: "duration",
        header: t("columns.duration"),
        width: "5.5rem",
        align: "end",
        cell: ({ duration_ms: ms }) => <Duration ms={ms} />,
      },
      {
        id: "tokens",
        header: t("columns.tokens"),
        width: "7rem",
        align: "end",
        cell: ({ input_tokens: input, output_tokens: output }) =>
          input === null ? (
            <Unknown />
          ) : (
            <>
              <Count value={input} /> → <Count value={output} />
            </>
          ),
      },
      {
        id: "credits",
        header: t("columns.credits"),
        width: "7rem",
        align: "end",
        card: "hidden",
        cell: ({ nano_aiu: nanoAiu, premium_units: premium }) => <Cost nanoAiu={nanoAiu} premiumUnits={premium} />,
      },
      {
        id: "initiator",
        header: t("columns.initiator"),
        width: "6rem",
        isOptional: true,
        card: "hidden",
        cell: ({ initiator }) => t(`initiators.${initiator}`),
      },
      {
        id: "client",
        header: t("columns.client"),
        width: "9rem",
        isOptional: true,
        card: "hidden",
        cell: ({ user_agent: agent }) => (
          <span title={agent ?? undefined}>{agent === null ? "–" : mapClientName(agent)}</span>
        ),
      },
      {
        id: "ip",
        header: t("columns.address"),
        width: "8rem",
        isOptional: true,
        card: "hidden",
        cell: ({ client_ip: ip }) => ip ?? "–",
      },
    ],
    [t, protocolName],
  );
}
