"use client";

import { ArrowLeft, Maximize2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { DetailSheet } from "#components/detail-sheet";
import { ErrorNotice } from "#components/error-notice";
import { PageHeader } from "#components/page-header";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Tabs } from "#components/ui/tabs";
import { useRequestDetail } from "#lib/api/use-requests";
import { type SessionDetail as SessionDetailData, useSession } from "#lib/api/use-sessions";
import { ConversationView } from "./conversation-view";
import { RawView } from "./raw-view";
import { RequestFactsView } from "./request-facts-view";
import { SessionActions } from "./session-actions";
import { SessionFactsView } from "./session-facts-view";
import type { DetailView, SessionViewState } from "./use-session-view";

export interface SessionDetailProps {
  /** The conversation; null when only one request is asked for. */
  id: string | null;
  /** One request of it, which raw and facts then show. */
  requestId: string | null;
  view: DetailView;
  /** The rows of the list behind it, in their order, to walk through. */
  neighbours: readonly string[];
  /** As a page instead of beside the list. */
  isFull: boolean;
  onView: (change: Partial<Pick<SessionViewState, "id" | "request" | "view" | "full">>) => void;
  /** Deletes the conversation, unless that is taken back. */
  onDelete: (id: string) => void;
}

/** One conversation: what was said, what was sent, and what is known of it. */
export function SessionDetail(props: SessionDetailProps) {
  const { id, requestId } = props;
  const request = useRequestDetail(requestId);
  const sessionId = id ?? request.data?.session_id ?? null;
  if (sessionId === null) {
    return (
      <Frame {...props} title={requestId ?? ""} sessionId={null}>
        <div className="p-4">
          {request.error !== null && <ErrorNotice error={request.error} onRetry={() => void request.refetch()} />}
          {request.data === null && <Missing />}
        </div>
      </Frame>
    );
  }
  return <LoadedDetail {...props} sessionId={sessionId} />;
}

function Missing() {
  const t = useTranslations("sessions.detail");
  return <p className="py-8 text-center text-small text-foreground-soft">{t("missing")}</p>;
}

function LoadedDetail(props: SessionDetailProps & { sessionId: string }) {
  const { sessionId, requestId, view, onView } = props;
  const t = useTranslations("sessions.detail");
  const session = useSession(sessionId);
  const records = session.data?.records ?? [];
  const latest = records.at(-1);
  const shownRequest = requestId ?? latest?.id ?? null;
  const title = session.data?.title ?? requestId ?? sessionId;
  return (
    <Frame
      {...props}
      title={title}
      sessionId={session.data == null ? null : sessionId}
      side={
        view === "chat" &&
        session.data != null && (
          <Card className="sticky top-18 max-h-[calc(100dvh-6rem)] w-[25rem] shrink-0 overflow-y-auto max-xl:hidden">
            <Facts session={session.data} requestId={requestId} onRequest={(request) => onView({ request })} />
          </Card>
        )
      }
    >
      {session.error !== null && (
        <ErrorNotice error={session.error} onRetry={() => void session.refetch()} className="m-4" />
      )}
      {session.data === null && <Missing />}
      {session.data != null && (
        <Tabs
          label={t("views.label")}
          look="line"
          selected={view}
          onSelect={(next) => onView({ view: next })}
          tabs={[
            {
              id: "chat",
              label: t("views.chat"),
              content: (
                <ConversationView
                  session={session.data}
                  highlightedRequest={requestId}
                  onRequest={(request, next) => onView({ request, view: next })}
                />
              ),
            },
            {
              id: "raw",
              label: t("views.raw"),
              content:
                shownRequest === null ? (
                  <Missing />
                ) : (
                  <RawView requestId={shownRequest} records={records} onRequest={(request) => onView({ request })} />
                ),
            },
            {
              id: "facts",
              label: t("views.facts"),
              content: (
                <Facts session={session.data} requestId={requestId} onRequest={(request) => onView({ request })} />
              ),
            },
          ]}
        />
      )}
    </Frame>
  );
}

interface FactsProps {
  session: SessionDetailData;
  requestId: string | null;
  onRequest: (id: string | null) => void;
}

function Facts({ session, requestId, onRequest }: FactsProps) {
  const record = session.records.find(({ id }) => id === requestId);
  return record === undefined ? (
    <SessionFactsView session={session} onRequest={onRequest} />
  ) : (
    <RequestFactsView request={record} records={session.records} onRequest={onRequest} />
  );
}

interface FrameProps extends SessionDetailProps {
  title: string;
  /** The conversation, once it is known to be there. */
  sessionId: string | null;
  side?: ReactNode;
  children: ReactNode;
}

function Frame({ id, requestId, isFull, onView, onDelete, neighbours, title, sessionId, side, children }: FrameProps) {
  const t = useTranslations("sessions.detail");
  const place = neighbours.indexOf(requestId !== null && id === null ? requestId : (id ?? ""));
  const walk = (row: string | undefined) => {
    if (place === -1 || row === undefined) return null;
    return () => onView(id === null ? { request: row } : { id: row, request: null });
  };
  const name = <span title={title}>{title}</span>;
  const search = new URLSearchParams({
    ...(id === null ? {} : { id }),
    ...(requestId === null ? {} : { request: requestId }),
    full: "1",
  });
  const path = `/sessions/?${search}`;
  const actions = sessionId !== null && (
    <SessionActions
      sessionId={sessionId}
      path={path}
      onDelete={() => {
        onView({ full: null, id: null, request: null });
        onDelete(sessionId);
      }}
    />
  );
  if (isFull) {
    return (
      <>
        <PageHeader
          title={title}
          action={
            <>
              {actions}
              <Link
                href="/sessions/"
                prefetch={false}
                onClick={(event) => {
                  event.preventDefault();
                  onView({ full: null, id: null, request: null });
                }}
                className="flex items-center gap-1.5 text-small text-foreground-soft hover:text-foreground"
              >
                <ArrowLeft aria-hidden className="size-4" />
                {t("back")}
              </Link>
            </>
          }
        />
        <div className="mx-auto flex w-full max-w-[90rem] items-start justify-center gap-6 p-4 lg:p-6">
          <Card className="w-full max-w-5xl min-w-0 overflow-hidden">{children}</Card>
          {side}
        </div>
      </>
    );
  }
  return (
    <DetailSheet
      title={name}
      label={t("label", { title })}
      onClose={() => onView({ id: null, request: null })}
      onPrevious={walk(neighbours[place - 1])}
      onNext={walk(neighbours[place + 1])}
      actions={
        <>
          {actions}
          <ButtonLink variant="ghost" size="icon" href={path} aria-label={t("openAsPage")} title={t("openAsPage")}>
            <Maximize2 aria-hidden />
          </ButtonLink>
        </>
      }
    >
      {children}
    </DetailSheet>
  );
}
