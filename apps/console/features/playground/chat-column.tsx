"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { ArrowDown, MessagesSquare } from "lucide-react";
import { useTranslations } from "use-intl";
import { useStickToBottom } from "use-stick-to-bottom";
import { Button } from "#components/ui/button";
import type { ToolResult, UserPart } from "#lib/chat/conversation";
import { useFigures } from "#lib/use-figures";
import { AnswerView } from "./answer-view";
import { type PlayNode, pathOf, versionsOf } from "./conversation-tree";
import type { Column } from "./use-playground";
import { UserMessage } from "./user-message";

interface ChatColumnProps {
  column: Column | undefined;
  model: ModelOverview | undefined;
  models: readonly ModelOverview[];
  isCompared: boolean;
  onEdit: (node: PlayNode, parts: readonly UserPart[]) => void;
  onRegenerate: (node: PlayNode, model?: string) => void;
  onTools: (results: readonly ToolResult[]) => void;
  onChoose: (node: PlayNode) => void;
  onRemove: (id: string) => void;
}

/** One model's conversation. It follows what comes unless somebody reads further up. */
export function ChatColumn(props: ChatColumnProps) {
  const { column, model, isCompared } = props;
  const t = useTranslations("playground");
  const { scrollRef, contentRef, isAtBottom, scrollToBottom } = useStickToBottom({
    initial: "instant",
    resize: "instant",
  });
  const path = column === undefined ? [] : pathOf(column.tree);
  const last = path.at(-1);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {column !== undefined && path.length > 0 && <Totals path={path} model={model} />}
      <div
        ref={scrollRef}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-label={t("conversation")}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        <div
          ref={contentRef}
          className={isCompared ? "flex flex-col gap-5 p-4" : "mx-auto flex max-w-4xl flex-col gap-5 p-4"}
        >
          {path.length === 0 && (
            <div className="grid place-items-center gap-2 py-[18vh] text-center text-small text-foreground-soft">
              <MessagesSquare aria-hidden className="size-6" />
              <p>{t("empty")}</p>
            </div>
          )}
          {column !== undefined &&
            path.map((node) => {
              const versions = versionsOf(column.tree, node.parentId);
              const version = { versions, onChoose: props.onChoose };
              if (node.kind === "user") {
                return (
                  <UserMessage
                    key={node.id}
                    node={node}
                    {...version}
                    isLocked={column.isRunning}
                    onEdit={(parts) => props.onEdit(node, parts)}
                    onRemove={() => props.onRemove(node.id)}
                  />
                );
              }
              if (node.kind === "tool") return null;
              return (
                <AnswerView
                  key={node.id}
                  node={node}
                  {...version}
                  results={resultsAfter(path, node)}
                  models={props.models}
                  isRunning={column.isRunning && node === last}
                  isLast={node === last}
                  onRegenerate={(next) => props.onRegenerate(node, next)}
                  onTools={props.onTools}
                />
              );
            })}
          {column?.isRunning === true && last?.kind !== "answer" && <Waiting />}
        </div>
      </div>
      {!isAtBottom && (
        <Button
          variant="secondary"
          size="icon"
          aria-label={t("toBottom")}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow"
          onClick={() => void scrollToBottom()}
        >
          <ArrowDown aria-hidden />
        </Button>
      )}
    </div>
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

/** What the conversation took so far, and how full the model's context is. */
function Totals({ path, model }: { path: readonly PlayNode[]; model: ModelOverview | undefined }) {
  const t = useTranslations("playground.totals");
  const figures = useFigures();
  const usages = path.flatMap((node) => (node.kind === "answer" ? (node.answer.exchange.answer.usage ?? []) : []));
  const last = usages.at(-1);
  if (last === undefined) return null;
  const input = usages.reduce((sum, usage) => sum + usage.input, 0);
  const output = usages.reduce((sum, usage) => sum + usage.output, 0);
  const share = model?.context_window == null ? null : (last.input + last.output) / model.context_window;
  return (
    <p className="flex h-7 shrink-0 items-center gap-2 truncate border-b px-4 text-label text-foreground-soft tabular-nums">
      {t("tokens", { input: figures.compact(input), output: figures.compact(output) })}
      {share !== null && <span>· {t("context", { share: figures.percent(share) })}</span>}
    </p>
  );
}
