import { type ReactNode, type Ref, useMemo } from "react";
import { useTranslations } from "use-intl";
import { MessageParts } from "#components/conversation/message-parts";
import type { MessagePart, SessionTurn } from "#lib/api/use-sessions";
import { classNames } from "#lib/class-names";
import { useFigures } from "#lib/use-figures";

type ToolResultPart = Extract<MessagePart, { type: "tool_result" }>;
type ShownTurn = Omit<SessionTurn, "request"> & { request: { id: string } };

interface TurnListProps<Turn extends ShownTurn> {
  turns: readonly Turn[];
  isPlain: boolean;
  highlightedRequest: string | null;
  /** What stands under a turn. */
  footer: (turn: Turn) => ReactNode;
  ref?: Ref<HTMLOListElement>;
}

/** The turns of a conversation: each thing once, calls with their results. */
export function TurnList<Turn extends ShownTurn>(props: TurnListProps<Turn>) {
  const { turns, isPlain, highlightedRequest, footer, ref } = props;
  const t = useTranslations("sessions.chat");
  const { results, calls } = useMemo(() => collectTools(turns), [turns]);
  const partProps = {
    isPlain,
    resultOf: (callId: string) => results.get(callId),
    isPaired: (callId: string) => calls.has(callId),
  };
  return (
    <ol ref={ref} className="flex flex-col gap-1 px-4 pb-4">
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
                <MessageParts parts={message.parts} {...partProps} isPlain={isPlain || message.role !== "assistant"} />
              </Message>
            );
          })}
          {!turn.is_recorded && <p className="text-small text-foreground-soft italic">{t("notRecorded")}</p>}
          {turn.answer !== null && (
            <Message speaker="assistant">
              <MessageParts parts={turn.answer} {...partProps} />
            </Message>
          )}
          {footer(turn)}
        </li>
      ))}
    </ol>
  );
}

/** Which calls there are, and what came back for them. */
function collectTools(turns: readonly ShownTurn[]) {
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
function Setting({ turn: { system, tools } }: { turn: ShownTurn }) {
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
