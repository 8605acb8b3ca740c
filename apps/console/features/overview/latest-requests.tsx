"use client";

import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Amount, Count, Duration, Unknown } from "#components/figure";
import { Outcome } from "#components/outcome";
import { RelativeTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import { factsOfEvent, type RequestFacts, useLatestRequests } from "#lib/api/use-requests";
import type { LiveEvents } from "#lib/live/live-connection";
import { useLiveEvents } from "#lib/live/live-context";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { nanoAiuPerCredit } from "#lib/use-figures";

const shownRequests = 20;

/** The latest requests, which come in as they end. */
export function LatestRequests({ narrowing }: { narrowing: Narrowing | null }) {
  const t = useTranslations("overview.latest");
  const { data } = useLatestRequests(shownRequests, narrowing);
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
      {requests.length === 0 ? (
        <p className="px-4 py-8 text-center text-small text-foreground-soft">{t("none")}</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full min-w-[52rem] table-fixed text-left text-small">
            <caption className="sr-only">{t("title")}</caption>
            <thead>
              <tr className="h-8 text-label text-foreground-soft [&>th]:px-2 [&>th]:font-medium">
                <th scope="col" className="w-32 pl-4!">
                  {t("time")}
                </th>
                <th scope="col" className="w-[18%]">
                  {t("key")}
                </th>
                <th scope="col">{t("model")}</th>
                <th scope="col">{t("token")}</th>
                <th scope="col" className="w-48">
                  {t("outcome")}
                </th>
                <th scope="col" className="w-24 text-right">
                  {t("firstToken")}
                </th>
                <th scope="col" className="w-24 text-right">
                  {t("duration")}
                </th>
                <th scope="col" className="w-32 text-right">
                  {t("tokens")}
                </th>
                <th scope="col" className="w-20 pr-4! text-right">
                  {t("credits")}
                </th>
              </tr>
            </thead>
            <tbody>
              {requests.map((request) => (
                <tr key={request.id} className="relative h-9 border-t hover:bg-muted/60 [&>td]:truncate [&>td]:px-2">
                  <td className="pl-4!">
                    <Link
                      href={`/sessions/?tab=requests&request=${encodeURIComponent(request.id)}`}
                      prefetch={false}
                      className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
                    >
                      <RelativeTime time={request.at} />
                    </Link>
                  </td>
                  <td title={request.key_alias}>{request.key_alias}</td>
                  <td title={request.model_used ?? request.model_asked}>{request.model_used ?? request.model_asked}</td>
                  <td>{request.token_alias ?? "–"}</td>
                  <td>
                    <Outcome outcome={request.outcome} status={request.status} code={request.error_code} />
                  </td>
                  <td className="text-right tabular-nums">
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
                    <Amount value={request.nano_aiu === null ? null : request.nano_aiu / nanoAiuPerCredit} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function isOf(narrowing: Narrowing | null, event: LiveEvents["request"]): boolean {
  if (narrowing === null) return true;
  const { model, key_id: key, token_id: token, protocol } = event;
  return { model, key, token, protocol }[narrowing.dimension] === narrowing.id;
}
