import { Fragment, type ReactNode, type Ref, Suspense, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { LongListPart } from "#components/long-list/long-list-part";
import type { ToolResult } from "#lib/chat/conversation";
import { maxShortMessages } from "#lib/long-chat";
import type { LongListHandle } from "#lib/long-list";
import { AnswerView } from "./answer-view";
import type { ChatColumnProps } from "./chat-column-props";
import { type PlayNode, versionsOf } from "./conversation-tree";
import type { Column } from "./use-playground";
import { UserMessage } from "./user-message";

interface ChatRowsProps extends Omit<ChatColumnProps, "column"> {
  column: Column;
  path: readonly PlayNode[];
  /** The steps of the path that stand for themselves. */
  rows: readonly PlayNode[];
  list: Ref<LongListHandle>;
  /** Whether the end of the conversation is in sight. */
  isAtEnd: boolean;
  onEnd: (isInSight: boolean) => void;
  readHeights: () => readonly number[];
}

const gapPx = 20;
/** While the code of the long list is on its way, so many messages are shown as they were; of more only the last. */
const maxWholeMeanwhile = maxShortMessages + 20;
/** From so many messages on the code of the long list is fetched, so that it is there when it is needed. */
const preloadFrom = maxShortMessages - 20;

/** What was said and answered, one below the other; of a long conversation what is in sight. */
export function ChatRows(props: ChatRowsProps) {
  const { column, path, rows } = props;
  const [drafts, setDrafts] = useState<ReadonlyMap<PlayNode, string>>(new Map());
  useEffect(() => {
    if (rows.length > preloadFrom) LongListPart.preload();
  }, [rows.length]);
  const last = path.at(-1);
  const isWaiting = column.isRunning && last?.kind !== "answer";
  const step = (node: PlayNode): ReactNode => (
    <ChatStep
      {...props}
      node={node}
      draft={drafts.get(node) ?? null}
      onDraft={(draft) => setDrafts((all) => changeDraft(all, node, draft))}
    />
  );
  const plain = (shown: readonly PlayNode[]) => (
    <>
      {shown.map((node) => (
        <Fragment key={node.id}>{step(node)}</Fragment>
      ))}
      {isWaiting && <Waiting />}
    </>
  );
  if (rows.length <= maxShortMessages) return plain(rows);
  return (
    <Suspense
      fallback={
        rows.length <= maxWholeMeanwhile ? plain(rows) : <TailOnly>{plain(rows.slice(-maxShortMessages))}</TailOnly>
      }
    >
      <LongListPart
        keys={[
          ...rows.map(({ parentId }) => placeAfter(parentId)),
          ...(isWaiting ? [placeAfter(last?.id ?? null)] : []),
        ]}
        renderRow={(index) => {
          const node = rows[index];
          return node === undefined ? <Waiting /> : <Fragment key={node.id}>{step(node)}</Fragment>;
        }}
        gapPx={gapPx}
        setSize={rows.length}
        readHeights={props.readHeights}
        isFollowing
        isFromEnd={props.isAtEnd}
        onEnd={props.onEnd}
        isLive={column.isRunning}
        handle={props.list}
      />
    </Suspense>
  );
}

/** The end of a conversation, in an element of its own: how high its messages are says nothing of the first ones. */
function TailOnly({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-5">{children}</div>;
}

/** A row is the place after a step: versions take turns in it, and an answer comes where it was waited for. */
function placeAfter(id: string | null): string {
  return `after ${id ?? ""}`;
}

function changeDraft(drafts: ReadonlyMap<PlayNode, string>, node: PlayNode, draft: string | null) {
  const next = new Map(drafts);
  if (draft === null) next.delete(node);
  else next.set(node, draft);
  return next;
}

interface ChatStepProps extends ChatRowsProps {
  node: PlayNode;
  draft: string | null;
  onDraft: (draft: string | null) => void;
}

function ChatStep(props: ChatStepProps) {
  const { node, column, path } = props;
  const versions = versionsOf(column.tree, node.parentId);
  const version = { versions, onChoose: props.onChoose };
  if (node.kind === "tool") return null;
  if (node.kind === "user") {
    return (
      <UserMessage
        node={node}
        {...version}
        isLocked={column.isRunning}
        draft={props.draft}
        onDraft={props.onDraft}
        onEdit={(parts) => props.onEdit(node, parts)}
        onRemove={() => props.onRemove(node.id)}
      />
    );
  }
  const isLast = node === path.at(-1);
  return (
    <AnswerView
      node={node}
      {...version}
      results={resultsAfter(path, node)}
      models={props.models}
      isRunning={column.isRunning && isLast}
      isLast={isLast}
      onRegenerate={(next) => props.onRegenerate(node, next)}
      onTools={props.onTools}
      onKeepInAll={props.onKeepInAll === null ? null : () => props.onKeepInAll?.(node)}
    />
  );
}

function resultsAfter(path: readonly PlayNode[], node: PlayNode): readonly ToolResult[] {
  const next = path[path.indexOf(node) + 1];
  return next?.kind === "tool" ? next.results : [];
}

function Waiting() {
  const t = useTranslations("playground");
  return (
    <p role="status" className="flex items-center gap-2 text-small text-foreground-soft">
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-foreground-soft" />
      {t("waiting")}
    </p>
  );
}
