"use client";

import { ArrowDown, MessagesSquare } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useStickToBottom } from "use-stick-to-bottom";
import { FindBox } from "#components/find-box";
import { Button } from "#components/ui/button";
import { maxShortMessages } from "#lib/long-chat";
import type { LongListHandle } from "#lib/long-list";
import type { ChatColumnProps } from "./chat-column-props";
import { ChatRows } from "./chat-rows";
import { ChatTotals } from "./chat-totals";
import { pathOf } from "./conversation-tree";
import { useSoughtChat } from "./use-sought-chat";

/** One model's conversation. It follows what comes unless somebody reads further up. */
export function ChatColumn(props: ChatColumnProps) {
  const { column, model, isCompared } = props;
  const t = useTranslations("playground");
  const stick = useStickToBottom({ initial: "instant", resize: "instant" });
  const path = column === undefined ? [] : pathOf(column.tree);
  const rows = path.filter(({ kind }) => kind !== "tool");
  const isLong = rows.length > maxShortMessages;
  const list = useRef<LongListHandle>(null);
  const content = useRef<HTMLDivElement>(null);
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      content.current = element;
      // A long list follows its end by itself.
      stick.contentRef(isLong ? null : element);
    },
    [isLong, stick.contentRef],
  );
  const [isLongAtEnd, setIsLongAtEnd] = useState(true);
  const isAtEnd = isLong ? isLongAtEnd : stick.isAtBottom;
  const toEnd = () => {
    const box = stick.scrollRef.current;
    if (!isLong) void stick.scrollToBottom();
    else if (box !== null) box.scrollTop = box.scrollHeight;
  };
  const sought = useSoughtChat(path, rows, isLong, list);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {column !== undefined && path.length > 0 && <ChatTotals path={path} model={model} />}
      {sought !== null && (
        <div className="flex shrink-0 border-b px-3 py-1">
          <FindBox sought={sought} />
        </div>
      )}
      <div
        ref={stick.scrollRef}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        // Rows come and go while a long one is scrolled; of it only the answer that comes in is read out.
        aria-live={isLong ? "off" : undefined}
        aria-label={t("conversation")}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        <div
          ref={attach}
          className={isCompared ? "flex flex-col gap-5 p-4" : "mx-auto flex max-w-4xl flex-col gap-5 p-4"}
        >
          {path.length === 0 && (
            <div className="grid place-items-center gap-2 py-[18vh] text-center text-small text-foreground-soft">
              <MessagesSquare aria-hidden className="size-6" />
              <p>{t("empty")}</p>
            </div>
          )}
          {column !== undefined && (
            <ChatRows
              {...props}
              column={column}
              path={path}
              rows={rows}
              list={list}
              isAtEnd={stick.isAtBottom}
              onEnd={setIsLongAtEnd}
              readHeights={() => heightsOf(content.current)}
            />
          )}
        </div>
      </div>
      {!isAtEnd && (
        <Button
          variant="secondary"
          size="icon"
          aria-label={t("toBottom")}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden />
        </Button>
      )}
    </div>
  );
}

/** How high the messages are that stand in an element. */
function heightsOf(content: HTMLElement | null): readonly number[] {
  const messages = [...(content?.children ?? [])].filter((child) => /^(article|form)$/iu.test(child.tagName));
  return messages.map((message) => message.getBoundingClientRect().height);
}
