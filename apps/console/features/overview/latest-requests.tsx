"use client";

import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Cost } from "#components/cost";
import { ErrorNotice } from "#components/error-notice";
import { Count, Duration, Unknown } from "#components/figure";
import { Outcome } from "#components/outcome";
import { RelativeTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import { factsOfEvent, type RequestFacts, useLatestRequests } from "#lib/api/use-requests";
import type { LiveEvents } from "#lib/live/live-connection";
import { useLiveEvents } from "#lib/live/live-context";
import { useIsNarrow } from "#lib/media-query";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { RowsSkeleton } from "./rows-skeleton";

const shownRequests = 20;

/** The latest requests, which come in as they end. */
export function LatestRequests({ narrowing }: { narrowing: Narrowing | null }) {
  const t = useTranslations("overview.latest");
  const isNarrow = useIsNarrow();
  const { data, error, isPending, refetch } = useLatestRequests(shownRequests, narrowing);
  const [live, setLive] = useState<readonly RequestFacts[]>([]);
  useLiveEvents((name, event) => {
    if (name === "request" && "started_at" in event && isOf(narrowing, event)) {
      setLive((known) => [factsOfEvent(event), ...known].slice(0, shownRequests));
    }
  });
  const liveIds = new Set(live.map(({ id }) => id));
  const requests = [...live, ...(data ?? []).filter(({ id }) => !liveIds.has(id))]
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, shownRequests);
  const Requests = isNarrow ? RequestCards : RequestTable;
  return (
    <Card aria-label={t("title")} className="min-w-0">
      <CardHeader title={t("title")}>
        <Link
          href={`/sessions/?tab=requests${narrowing === null ? "" : `&${encodeNarrowing(narrowing)}`}`}
          prefetch={false}
          className="text-label text-accent hover:underline"
        >
          {t("all")}
        </Link>
      </CardHeader>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {requests.length > 0 && <Requests requests={requests} />}
      {requests.length === 0 && isPending && <RowsSkeleton rows={8} />}
      {requests.length === 0 && data !== undefined && (
        <p className="px-4 py-8 text-center text-small text-foreground-soft">{t("none")}</p>
      )}
    </Card>
  );
}

interface RequestsProps {
  requests: readonly RequestFacts[];
}

const hrefOf = ({ id }: RequestFacts) => `/sessions/?tab=requests&request=${encodeURIComponent(id)}`;

/** Key and model share what the others leave. The first token gives way where there is no room for all. */
function RequestTable({ requests }: RequestsProps) {
  const t = useTranslations("overview.latest");
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[60rem] table-fixed text-left text-small min-[84rem]:min-w-[67rem]">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="h-8 text-label text-foreground-soft [&>th]:truncate [&>th]:px-2 [&>th]:font-medium">
            <th scope="col" className="w-[8rem] pl-4!">
              {t("time")}
            </th>
            <th scope="col">{t("key")}</th>
            <th scope="col">{t("model")}</th>
            <th scope="col" className="w-[6rem]">
              {t("token")}
            </th>
            <th scope="col" className="w-[11.5rem]">
              {t("outcome")}
            </th>
            <th scope="col" className="w-[5.5rem] text-right max-[84rem]:hidden">
              {t("firstToken")}
            </th>
            <th scope="col" className="w-[5rem] text-right">
              {t("duration")}
            </th>
            <th scope="col" className="w-[6rem] text-right">
              {t("tokens")}
            </th>
            <th scope="col" className="w-[7rem] pr-4! text-right">
              {t("cost")}
            </th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <tr key={request.id} className="relative h-9 border-t hover:bg-muted/60 [&>td]:truncate [&>td]:px-2">
              <td className="pl-4!">
                <Link
                  href={hrefOf(request)}
                  prefetch={false}
                  className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                >
                  <RelativeTime time={request.at} />
                </Link>
              </td>
              <td title={request.key_alias}>{request.key_alias}</td>
              <td title={request.model_used ?? request.model_asked}>{request.model_used ?? request.model_asked}</td>
              <td title={request.token_alias ?? undefined}>{request.token_alias ?? "–"}</td>
              <td>
                <Outcome outcome={request.outcome} status={request.status} code={request.error_code} />
              </td>
              <td className="text-right tabular-nums max-[84rem]:hidden">
                <Duration ms={request.ttft_ms} />
              </td>
              <td className="text-right tabular-nums">
                <Duration ms={request.duration_ms} />
              </td>
              <td className="text-right tabular-nums">
                {request.input_tokens === null ? (
                  <Unknown />
                ) : (
                  <>
                    <Count value={request.input_tokens} /> → <Count value={request.output_tokens} />
                  </>
                )}
              </td>
              <td className="pr-4! text-right tabular-nums">
                <Cost nanoAiu={request.nano_aiu} premiumUnits={request.premium_units} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** As lists are on a phone: what was asked and how it ended, below it when, by whom and how long it took. */
function RequestCards({ requests }: RequestsProps) {
  const t = useTranslations("overview.latest");
  return (
    <ul aria-label={t("title")} className="divide-y">
      {requests.map((request) => (
        <li key={request.id} className="relative px-4 py-2.5 text-small hover:bg-muted/60">
          <div className="flex items-start gap-3">
            <Link
              href={hrefOf(request)}
              prefetch={false}
              className="min-w-0 flex-1 truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {request.model_used ?? request.model_asked}
            </Link>
            <div className="max-w-[55%] shrink-0 truncate">
              <Outcome outcome={request.outcome} status={request.status} code={request.error_code} />
            </div>
          </div>
          <p className="mt-1 flex gap-1.5 text-label text-foreground-soft">
            <span className="shrink-0">
              <RelativeTime time={request.at} />
            </span>
            <span aria-hidden>·</span>
            <span className="min-w-0 flex-1 truncate">{request.key_alias}</span>
            <span className="shrink-0 tabular-nums">
              <Duration ms={request.duration_ms} />
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

function isOf(narrowing: Narrowing | null, event: LiveEvents["request"]): boolean {
  if (narrowing === null) return true;
  const { model, key_id: key, token_id: token, protocol } = event;
  return { model, key, token, protocol }[narrowing.dimension] === narrowing.id;
}
