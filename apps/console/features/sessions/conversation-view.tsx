"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { MessageParts } from "#components/conversation/message-parts";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Skeleton } from "#components/ui/skeleton";
import { useIsAdmin } from "#lib/api/use-auth";
import { type MessagePart, type SessionDetail, type SessionTurn, useSessionTurns } from "#lib/api/use-sessions";
import { classNames } from "#lib/class-names";
import { useFigures } from "#lib/use-figures";
import { ContinueBox } from "./continue-box";
import { FindBox } from "./find-box";
import { JumpBox } from "./jump-box";
import { TurnMeta } from "./turn-meta";
import type { DetailView } from "./use-session-view";

interface ConversationViewProps {
  session: SessionDetail;
  highlightedRequest: string | null;
  onRequest: (id: string, view: DetailView) => void;
}

type ToolResultPart = Extract<MessagePart, { type: "tool_result" }>;

/** The conversation as it went: each thing once, calls with their results, failures as steps in between. */
export function ConversationView({ session, highlightedRequest, onRequest }: ConversationViewProps) {
  const t = useTranslations("sessions.chat");
  const isAdmin = useIsAdmin();
  const [isPlain, setIsPlain] = useState(false);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useSessionTurns(session.id);
  const turns = useMemo(() => (data?.pages ?? []).flatMap((page) => page.turns), [data]);
  const content = useRef<HTMLOListElement>(null);
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const version = useMemo(() => ({ turns, isPlain }), [turns, isPlain]);
  const { results, calls } = useMemo(() => collectTools(turns), [turns]);
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />;
  if (data === undefined) return <ConversationSkeleton />;
  const partProps = {
    isPlain,
    resultOf: (callId: string) => results.get(callId),
    isPaired: (callId: string) => calls.has(callId),
  };
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-2">
        <FindBox content={content} version={version} hasMore={hasNextPage} onLoadMore={loadMore} />
        <JumpBox records={session.records} turns={turns} list={content} hasMore={hasNextPage} onLoadMore={loadMore} />
        <Button variant="ghost" size="small" aria-pressed={isPlain} onClick={() => setIsPlain(!isPlain)}>
          {t("plain")}
        </Button>
      </div>
      <ol ref={content} className="flex flex-col gap-1 px-4 pb-4">
        {turns.map((turn) => (
          <li
            key={turn.request.id}
            tabIndex={-1}
            className={classNames(
              "flex scroll-mt-4 flex-col gap-3 rounded-lg py-2",
              turns.length > 1 &&
                turn.request.id === highlightedRequest &&
                "bg-info-soft/50 outline-8 outline-info-soft/50",
            )}
          >
            <Setting turn={turn} />
            {turn.messages.map((message, index) => {
              const isSilent = message.parts.every((part) => part.type === "tool_result" && calls.has(part.call_id));
              if (isSilent) return null;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a recorded turn does not change
                <Message key={index} speaker={message.role}>
                  <MessageParts
                    parts={message.parts}
                    {...partProps}
                    isPlain={isPlain || message.role !== "assistant"}
                  />
                </Message>
              );
            })}
            {!turn.is_recorded && <p className="text-small text-foreground-soft italic">{t("notRecorded")}</p>}
            {turn.answer !== null && (
              <Message speaker="assistant">
                <MessageParts parts={turn.answer} {...partProps} />
              </Message>
            )}
            <TurnMeta request={turn.request} onRequest={onRequest} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <div className="flex justify-center pb-4">
          <Button variant="outline" size="small" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
      {isAdmin && !hasNextPage && <ContinueBox session={session} />}
    </div>
  );
}

function ConversationSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" className="flex flex-col gap-4 p-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="ml-auto h-10 w-1/2" />
      <Skeleton className="h-24 w-4/5" />
      <Skeleton className="ml-auto h-10 w-1/3" />
      <Skeleton className="h-16 w-3/4" />
    </div>
  );
}

/** Which calls there are, and what came back for them. */
function collectTools(turns: readonly SessionTurn[]) {
  const results = new Map<string, ToolResultPart>();
  const calls = new Set<string>();
  for (const { messages, answer } of turns) {
    for (const part of [...messages.flatMap(({ parts }) => parts), ...(answer ?? [])]) {
      if (part.type === "tool_call") calls.add(part.call_id);
      if (part.type === "tool_result") results.set(part.call_id, part);
    }
  }
  return { results, calls };
}

interface MessageProps {
  speaker: "system" | "user" | "assistant" | "tool";
  children: React.ReactNode;
}

function Message({ speaker, children }: MessageProps) {
  const t = useTranslations("conversation.roles");
  const isOwn = speaker === "user" || speaker === "tool";
  return (
    <article
      className={classNames("min-w-0 text-body", isOwn && "ml-auto max-w-[85%] rounded-lg bg-muted px-3.5 py-2.5")}
    >
      <h4 className={classNames("mb-0.5 text-label font-medium text-foreground-soft", isOwn && "sr-only")}>
        {t(speaker)}
      </h4>
      {children}
    </article>
  );
}

/** System prompt and tools, folded, where they came in or changed. */
function Setting({ turn: { system, tools } }: { turn: SessionTurn }) {
  const t = useTranslations("sessions.chat");
  const figures = useFigures();
  const hasSystem = system !== null && system !== "";
  const hasTools = tools !== null && tools.length > 0;
  if (!hasSystem && !hasTools) return null;
  return (
    <div className="flex flex-col gap-1 rounded-lg border border-dashed px-3 py-2 text-small">
      {hasSystem && (
        <details>
          <summary className="cursor-pointer py-1 text-label text-foreground-soft">
            {t("system", { size: figures.bytes(new Blob([system]).size) })}
          </summary>
          <p className="mt-2 break-words whitespace-pre-wrap">{system}</p>
        </details>
      )}
      {hasTools && (
        <details>
          <summary className="cursor-pointer py-1 text-label text-foreground-soft">
            {t("tools", { count: tools.length })}
          </summary>
          <dl className="mt-2 grid gap-1.5">
            {tools.map(({ name, description }) => (
              <div key={name}>
                <dt className="font-mono text-label">{name}</dt>
                <dd className="line-clamp-3 text-label text-foreground-soft">{description}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
