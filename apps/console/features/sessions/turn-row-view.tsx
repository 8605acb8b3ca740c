import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { MessageParts } from "#components/conversation/message-parts";
import { classNames } from "#lib/class-names";
import { useFigures } from "#lib/use-figures";
import type { ConversationTools } from "./collect-tools";
import type { ShownTurn, TurnRow } from "./split-turns";

interface TurnRowViewProps<Turn extends ShownTurn> {
  row: TurnRow<Turn>;
  tools: ConversationTools;
  isPlain: boolean;
  footer: (turn: Turn) => ReactNode;
}

/** What was said in a turn, and what came of it. */
export function TurnRowView<Turn extends ShownTurn>({ row, tools, isPlain, footer }: TurnRowViewProps<Turn>) {
  const t = useTranslations("sessions.chat");
  const { turn, messages, isFirst, isLast } = row;
  const partProps = {
    isPlain,
    resultOf: (callId: string) => tools.results.get(callId),
    isPaired: (callId: string) => tools.calls.has(callId),
  };
  return (
    <>
      {isFirst && <Setting turn={turn} />}
      {messages.map((message, index) => {
        const isSilent = message.parts.every((part) => part.type === "tool_result" && tools.calls.has(part.call_id));
        if (isSilent) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recorded turn does not change
          <Message key={index} speaker={message.role}>
            <MessageParts parts={message.parts} {...partProps} isPlain={isPlain || message.role !== "assistant"} />
          </Message>
        );
      })}
      {isLast && !turn.is_recorded && (
        <p data-label className="text-small text-foreground-soft italic">
          {t("notRecorded")}
        </p>
      )}
      {isLast && turn.answer !== null && (
        <Message speaker="assistant">
          <MessageParts parts={turn.answer} {...partProps} />
        </Message>
      )}
      {isLast && footer(turn)}
    </>
  );
}

interface MessageProps {
  speaker: "system" | "user" | "assistant" | "tool";
  children: ReactNode;
}

function Message({ speaker, children }: MessageProps) {
  const t = useTranslations("conversation.roles");
  const isOwn = speaker === "user" || speaker === "tool";
  return (
    <article
      className={classNames("min-w-0 text-body", isOwn && "ml-auto max-w-[85%] rounded-lg bg-muted px-3.5 py-2.5")}
    >
      <h4 data-label className={classNames("mb-0.5 text-label font-medium text-foreground-soft", isOwn && "sr-only")}>
        {t(speaker)}
      </h4>
      {/* Apart from the label, so that the first paragraph has no air above it. */}
      <div>{children}</div>
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
          <summary data-label className="cursor-pointer py-1 text-label text-foreground-soft">
            {t("system", { size: figures.bytes(new Blob([system]).size) })}
          </summary>
          <p className="mt-2 break-words whitespace-pre-wrap">{system}</p>
        </details>
      )}
      {hasTools && (
        <details>
          <summary data-label className="cursor-pointer py-1 text-label text-foreground-soft">
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
