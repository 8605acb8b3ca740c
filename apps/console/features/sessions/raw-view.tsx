"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { ErrorNotice } from "#components/error-notice";
import { JsonBody } from "#components/json/json-body";
import { ButtonLink } from "#components/ui/button";
import { Select } from "#components/ui/input";
import { Skeleton } from "#components/ui/skeleton";
import { Tabs } from "#components/ui/tabs";
import { orMissing } from "#lib/api/feature";
import { queryKeys } from "#lib/api/query-keys";
import { requestText } from "#lib/api/request-json";
import type { RequestFacts } from "#lib/api/use-requests";
import { encodeRecordedCurl } from "./encode-recorded-curl";
import { StreamEventList } from "./stream-events";

interface RawViewProps {
  requestId: string;
  records: readonly RequestFacts[];
  onRequest: (id: string) => void;
}

type BodyKind = "request" | "response";

/** The bodies of one request, as the client sent and got them; null where they were not recorded, or are gone. */
function useBody(id: string, kind: BodyKind) {
  return useQuery({
    queryKey: [...queryKeys.requests, id, kind],
    queryFn: ({ signal }) => orMissing(requestText(`/api/requests/${encodeURIComponent(id)}/${kind}`, signal)),
    // What users said is not kept longer than it is shown.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What was sent and what came back, byte for byte, one request at a time. */
export function RawView({ requestId, records, onRequest }: RawViewProps) {
  const t = useTranslations("sessions.raw");
  const format = useFormatter();
  const request = useBody(requestId, "request");
  const response = useBody(requestId, "response");
  const record = records.find(({ id }) => id === requestId);
  const isStream = record?.stream === true && typeof response.data === "string";
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        {records.length > 1 && (
          <Select
            look="small"
            aria-label={t("which")}
            value={requestId}
            onChange={(event) => onRequest(event.target.value)}
            className="w-auto! max-w-full"
          >
            {records.map(({ id, at, model_asked: model, status }, index) => (
              <option key={id} value={id}>
                {`${index + 1}. ${format.dateTime(new Date(at), { timeStyle: "medium" })} · ${model} · ${status}`}
              </option>
            ))}
          </Select>
        )}
        <span className="flex items-center gap-1 font-mono text-label text-foreground-soft">
          {requestId}
          <CopyButton text={requestId} label={t("copyId")} size="tinyIcon" />
        </span>
        {record !== undefined && typeof request.data === "string" && (
          <span className="ml-auto flex gap-2">
            <CopyButton
              text={encodeRecordedCurl(window.location.origin, record.protocol, request.data)}
              label={t("copyCurl")}
              size="small"
              withText={t("copyCurl")}
            />
            <ButtonLink
              variant="secondary"
              size="small"
              href={`/playground/?from=${encodeURIComponent(`request:${requestId}`)}`}
            >
              {t("playground")}
            </ButtonLink>
          </span>
        )}
      </div>
      <Tabs
        label={t("bodies")}
        tabs={[
          {
            id: "request",
            label: t("request"),
            content: <Body body={request} label={t("request")} fileName={`${requestId}-request.json`} />,
          },
          {
            id: "response",
            label: t("response"),
            content: <Body body={response} label={t("response")} fileName={`${requestId}-response.txt`} />,
          },
          ...(isStream
            ? [{ id: "events", label: t("eventsTab"), content: <StreamEventList requestId={requestId} /> }]
            : []),
        ]}
      />
    </div>
  );
}

interface BodyProps {
  body: ReturnType<typeof useBody>;
  label: string;
  fileName: string;
}

function Body({ body: { data: text, error, refetch }, label, fileName }: BodyProps) {
  const t = useTranslations("sessions.raw");
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (text === undefined) return <Skeleton className="h-40" />;
  if (text === null) return <p className="py-6 text-center text-small text-foreground-soft">{t("gone")}</p>;
  return <JsonBody text={text} label={label} fileName={fileName} />;
}
