import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { DetailSection, FactList } from "#components/detail-sheet";
import { Duration } from "#components/figure";
import { Outcome } from "#components/outcome";
import { useProtocolName } from "#components/protocol-name";
import { ExactTime } from "#components/relative-time";
import { Button } from "#components/ui/button";
import type { RequestFacts } from "#lib/api/use-requests";
import { mapClientName } from "#lib/map-client-name";
import { nanoAiuPerCredit, useFigures } from "#lib/use-figures";
import { AttemptList } from "./attempt-list";
import { UsageBar } from "./usage-bar";

interface RequestFactsViewProps {
  request: RequestFacts;
  records: readonly RequestFacts[];
  onRequest: (id: string | null) => void;
}

/** All that is known of one request. */
export function RequestFactsView({ request, records, onRequest }: RequestFactsViewProps) {
  const t = useTranslations("sessions.facts");
  const figures = useFigures();
  const protocolName = useProtocolName();
  const tErrors = useTranslations("errors.codes");
  const { error_code: code, output_tokens: output, ttft_ms: ttftMs, duration_ms: durationMs } = request;
  const meaning = code !== null && tErrors.has(code as "internal") ? tErrors(code as "internal") : null;
  const streamMs = durationMs - (ttftMs ?? 0);
  const perSecond = output === null || ttftMs === null || streamMs < 50 ? null : (output / streamMs) * 1_000;
  const credits = request.nano_aiu === null ? null : request.nano_aiu / nanoAiuPerCredit;
  const isTranslated = request.wire !== null && request.wire !== request.protocol;
  return (
    <>
      {records.length > 1 && (
        <div className="px-4 pt-3">
          <Button variant="outline" size="small" onClick={() => onRequest(null)}>
            {t("wholeSession", { count: records.length })}
          </Button>
        </div>
      )}
      <DetailSection title={t("outcome")}>
        <FactList
          facts={[
            [t("status"), <Outcome key="outcome" outcome={request.outcome} status={request.status} code={code} />],
            meaning === null ? null : [t("meaning"), meaning],
            [t("time"), <ExactTime key="time" time={request.at} />],
            [t("firstToken"), <Duration key="ttft" ms={ttftMs} />],
            [t("duration"), <Duration key="duration" ms={durationMs} />],
            perSecond === null ? null : [t("speed"), t("perSecond", { count: figures.amount(Math.round(perSecond)) })],
          ]}
        />
        {request.attempts.length > 0 && <AttemptList attempts={request.attempts} />}
      </DetailSection>
      <DetailSection title={t("usage")}>
        <UsageBar request={request} />
        <div className="mt-3">
          <FactList
            facts={[
              [t("premium"), figures.amount(request.premium_units)],
              [
                t("credits"),
                credits === null ? (
                  "–"
                ) : (
                  <span key="credits" title={credits.toFixed(9)}>
                    {figures.amount(credits)} <span className="text-foreground-soft">{figures.dollars(credits)}</span>
                  </span>
                ),
              ],
            ]}
          />
        </div>
      </DetailSection>
      <DetailSection title={t("route")}>
        <FactList
          facts={[
            [
              t("key"),
              request.key_id === null ? (
                request.key_alias
              ) : (
                <a
                  key="key"
                  href={`/keys/?id=${encodeURIComponent(request.key_id)}`}
                  className="text-accent hover:underline"
                >
                  {request.key_alias}
                </a>
              ),
            ],
            [
              t("token"),
              request.token_id === null ? (
                "–"
              ) : (
                <a
                  key="token"
                  href={`/tokens/?id=${encodeURIComponent(request.token_id)}`}
                  className="text-accent hover:underline"
                >
                  {request.token_alias}
                </a>
              ),
            ],
            [
              t("model"),
              request.model_used === null || request.model_used === request.model_asked
                ? request.model_asked
                : `${request.model_asked} → ${request.model_used}`,
            ],
            [
              t("wire"),
              isTranslated
                ? t("translated", { from: protocolName(request.protocol), to: protocolName(request.wire ?? "") })
                : protocolName(request.protocol),
            ],
            [t("initiator"), t(`initiators.${request.initiator}`)],
            [t("stream"), t(request.stream ? "yes" : "no")],
          ]}
        />
      </DetailSection>
      <DetailSection title={t("client")}>
        <FactList
          facts={[
            [t("client"), request.user_agent === null ? "–" : mapClientName(request.user_agent)],
            request.user_agent === null
              ? null
              : [
                  t("userAgent"),
                  <span key="agent" className="font-mono text-label break-all">
                    {request.user_agent}
                  </span>,
                ],
            [t("address"), request.client_ip ?? "–"],
            [t("recording"), t(`recordings.${request.recording}`)],
            [
              t("requestId"),
              <span key="id" className="flex items-center gap-1 font-mono text-label">
                <span className="break-all">{request.id}</span>
                <CopyButton text={request.id} label={t("copyRequestId")} size="tinyIcon" />
              </span>,
            ],
            [
              t("sessionId"),
              <span key="session" className="flex items-center gap-1 font-mono text-label">
                <span className="break-all">{request.session_id}</span>
                <CopyButton text={request.session_id} label={t("copySessionId")} size="tinyIcon" />
              </span>,
            ],
          ]}
        />
      </DetailSection>
    </>
  );
}
