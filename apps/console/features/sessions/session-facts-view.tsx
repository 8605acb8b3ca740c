import { Fragment } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { DetailSection, FactList } from "#components/detail-sheet";
import { Count } from "#components/figure";
import { Outcome } from "#components/outcome";
import { ExactTime } from "#components/relative-time";
import type { SessionDetail } from "#lib/api/use-sessions";
import { nanoAiuPerCredit, useFigures } from "#lib/use-figures";
import { SessionRequestList } from "./session-request-list";

interface SessionFactsViewProps {
  session: SessionDetail;
  onRequest: (id: string) => void;
}

/** What is known of a conversation as a whole, and its requests. */
export function SessionFactsView({ session, onRequest }: SessionFactsViewProps) {
  const t = useTranslations("sessions.facts");
  const figures = useFigures();
  const credits = session.nano_aiu / nanoAiuPerCredit;
  return (
    <>
      <DetailSection title={t("session")}>
        <FactList
          facts={[
            [t("status"), <Outcome key="outcome" outcome={session.status} />],
            [t("first"), <ExactTime key="first" time={session.first_at} />],
            [t("last"), <ExactTime key="last" time={session.last_at} />],
            [
              t("key"),
              session.key_id === null ? (
                session.key_alias
              ) : (
                <a
                  key="key"
                  href={`/keys/?id=${encodeURIComponent(session.key_id)}`}
                  className="text-accent hover:underline"
                >
                  {session.key_alias}
                </a>
              ),
            ],
            [t("token"), <Tokens key="token" session={session} />],
            [t("model"), session.models.join(", ") || "–"],
            [
              t("inOut"),
              <span key="tokens">
                <Count value={session.input_tokens} /> → <Count value={session.output_tokens} />
              </span>,
            ],
            [t("premium"), figures.amount(session.premium_units)],
            [
              t("credits"),
              <span key="credits" title={credits.toFixed(9)}>
                {figures.amount(credits)} <span className="text-foreground-soft">{figures.dollars(credits)}</span>
              </span>,
            ],
            [
              t("sessionId"),
              <span key="id" className="flex items-center gap-1 font-mono text-label">
                <span className="break-all">{session.id}</span>
                <CopyButton text={session.id} label={t("copySessionId")} size="tinyIcon" />
              </span>,
            ],
          ]}
        />
      </DetailSection>
      <DetailSection title={t("requests", { count: session.records.length })}>
        <SessionRequestList session={session} onRequest={onRequest} />
      </DetailSection>
    </>
  );
}

/** The tokens that served, each leading to its own page as far as its id is known. */
function Tokens({ session }: { session: SessionDetail }) {
  const ids = new Map(session.records.map((record) => [record.token_alias, record.token_id]));
  if (session.token_aliases.length === 0) return "–";
  return session.token_aliases.map((alias, index) => {
    const id = ids.get(alias) ?? null;
    return (
      <Fragment key={alias}>
        {index > 0 && ", "}
        {id === null ? (
          alias
        ) : (
          <a href={`/tokens/?id=${encodeURIComponent(id)}`} className="text-accent hover:underline">
            {alias}
          </a>
        )}
      </Fragment>
    );
  });
}
