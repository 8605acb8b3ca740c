"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { Braces, CopyCheck, RefreshCw } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Reasoning } from "#components/conversation/reasoning";
import { ToolCallCard } from "#components/conversation/tool-call-card";
import { CopyButton } from "#components/copy-button";
import { Markdown } from "#components/markdown/markdown";
import { Button } from "#components/ui/button";
import { Menu } from "#components/ui/menu";
import type { ToolResult } from "#lib/chat/conversation";
import { createLazyPart } from "#lib/lazy-part";
import type { PlayNode } from "./conversation-tree";
import type { RawExchangeProps } from "./raw-exchange-dialog";
import { ReadOut } from "./read-out";
import { ToolAnswers } from "./tool-answers";
import { VersionSwitch } from "./version-switch";

const RawExchangeDialog = createLazyPart<RawExchangeProps>(
  async () => (await import("./raw-exchange-dialog")).RawExchangeDialog,
);

interface AnswerViewProps {
  node: Extract<PlayNode, { kind: "answer" }>;
  versions: readonly PlayNode[];
  /** What was given back for its calls. */
  results: readonly ToolResult[];
  models: readonly ModelOverview[];
  isRunning: boolean;
  isLast: boolean;
  onChoose: (node: PlayNode) => void;
  onRegenerate: (model?: string) => void;
  onTools: (results: readonly ToolResult[]) => void;
  onKeepInAll: (() => void) | null;
}

/** Ends that are not the usual one, each with its sentence. */
const endings: Readonly<Record<string, "length" | "filter">> = {
  length: "length",
  max_tokens: "length",
  max_output_tokens: "length",
  content_filter: "filter",
  refusal: "filter",
};

/** An answer: what was thought, said and called, how it ended, and what it took. */
export function AnswerView(props: AnswerViewProps) {
  const { node, versions, results, models, isRunning, isLast } = props;
  const t = useTranslations("playground.answer");
  const tCommon = useTranslations("common");
  const [isRawOpen, setIsRawOpen] = useState(false);
  const { exchange, model } = node.answer;
  const { text, reasoning, toolCalls, refusal, error, finish } = exchange.answer;
  const ending = finish === null ? undefined : endings[finish];
  const needsTools = isLast && !isRunning && toolCalls.length > 0 && error === null;
  return (
    <article className="group/answer min-w-0 text-body" aria-busy={isRunning}>
      <h3 data-label className="mb-1 text-label font-medium text-foreground-soft">
        {model}
      </h3>
      <Reasoning text={reasoning} isStreaming={isRunning && text === ""} />
      {text !== "" && <Markdown text={text} isStreaming={isRunning} />}
      {refusal !== "" && <p className="my-2 text-danger">{refusal}</p>}
      {toolCalls.map((call) => {
        const result = results.find(({ callId }) => callId === call.id);
        return (
          <ToolCallCard
            key={call.id}
            name={call.name}
            input={call.arguments}
            result={
              result === undefined
                ? null
                : {
                    isError: result.isError,
                    firstLine: result.text.split("\n")[0] ?? "",
                    content: <pre className="font-mono text-label break-words whitespace-pre-wrap">{result.text}</pre>,
                  }
            }
          />
        );
      })}
      {needsTools && <ToolAnswers calls={toolCalls} onSend={props.onTools} />}
      {ending !== undefined && (
        <p data-label className="my-2 text-small text-warn">
          {t(`endings.${ending}`)}
        </p>
      )}
      {exchange.isStopped && (
        <p data-label className="my-2 text-small text-foreground-soft">
          {t("stopped")}
        </p>
      )}
      {error !== null && (
        <div role="alert" className="my-2 rounded-lg bg-danger-soft px-3 py-2 text-small text-danger">
          <p data-label className="font-medium">
            {t("failed", { status: String(exchange.status ?? "–"), code: error.code })}
          </p>
          <p lang="en" className="mt-0.5 break-words">
            {error.message}
          </p>
          {exchange.retryAfter !== null && (
            <p data-label className="mt-0.5">
              {t("retryAfter", { seconds: exchange.retryAfter })}
            </p>
          )}
        </div>
      )}
      {!isRunning && <ReadOut exchange={exchange} />}
      {!isRunning && (
        <div
          data-label
          className="mt-0.5 -ml-1 flex items-center opacity-0 group-focus-within/answer:opacity-100 group-hover/answer:opacity-100 pointer-coarse:opacity-100"
        >
          <VersionSwitch node={node} versions={versions} onChoose={props.onChoose} />
          <CopyButton text={text} label={tCommon("copy")} size="tinyIcon" />
          <Menu
            align="start"
            entries={[
              { kind: "action", label: t("again"), icon: RefreshCw, onAction: () => props.onRegenerate() },
              { kind: "separator", id: "models" },
              ...models
                .filter(({ id }) => id !== model)
                .slice(0, 12)
                .map((other) => ({
                  kind: "action" as const,
                  label: t("with", { model: other.name }),
                  onAction: () => props.onRegenerate(other.id),
                })),
            ]}
            trigger={(control) => (
              <Button {...control} variant="ghost" size="tinyIcon" aria-label={t("regenerate")} title={t("regenerate")}>
                <RefreshCw aria-hidden />
              </Button>
            )}
          />
          {props.onKeepInAll !== null && error === null && (
            <Button
              variant="ghost"
              size="tinyIcon"
              aria-label={t("keepInAll")}
              title={t("keepInAll")}
              onClick={props.onKeepInAll}
            >
              <CopyCheck aria-hidden />
            </Button>
          )}
          <Button
            variant="ghost"
            size="tinyIcon"
            aria-label={t("raw")}
            title={t("raw")}
            onClick={() => setIsRawOpen(true)}
          >
            <Braces aria-hidden />
          </Button>
        </div>
      )}
      {isRawOpen && (
        <Suspense>
          <RawExchangeDialog answer={node.answer} onClose={() => setIsRawOpen(false)} />
        </Suspense>
      )}
    </article>
  );
}
