"use client";

import { Code, Columns2, Eraser, Plus, SlidersHorizontal, X } from "lucide-react";
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Suspense, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { PageHeader } from "#components/page-header";
import { Button } from "#components/ui/button";
import { Segmented } from "#components/ui/segmented";
import { useIsAdmin } from "#lib/api/use-auth";
import { useModels } from "#lib/api/use-models";
import { type ChatParameters, chatProtocols, type ToolDefinition, type UserPart } from "#lib/chat/conversation";
import { createLazyPart } from "#lib/lazy-part";
import { useIsNarrow } from "#lib/media-query";
import { factsOfModel } from "#lib/models/model-facts";
import { ChatColumn } from "./chat-column";
import type { ComparedFiguresProps } from "./compared-figures";
import { Composer } from "./composer";
import { ModelPicker } from "./model-picker";
import { ParameterPanel } from "./parameter-panel";
import { PlayMenu } from "./play-menu";
import type { ShowCodeProps } from "./show-code-dialog";
import { useLoadedRequest } from "./use-loaded-request";
import { type PlaySettings, usePlayground } from "./use-playground";
import { useScrollTogether } from "./use-scroll-together";

const ShowCodeDialog = createLazyPart<ShowCodeProps>(async () => (await import("./show-code-dialog")).ShowCodeDialog);

const ComparedFigures = createLazyPart<ComparedFiguresProps>(
  async () => (await import("./compared-figures")).ComparedFigures,
);

const maxColumns = 4;

/** Does it answer as I expect? Up to four models side by side, through any of the three APIs. */
export function PlaygroundPage() {
  const t = useTranslations("playground");
  const isAdmin = useIsAdmin();
  const isNarrow = useIsNarrow();
  const { data: catalogue, error, refetch } = useModels();
  const [url, setUrl] = useQueryStates({
    model: parseAsArrayOf(parseAsString).withDefault([]),
    protocol: parseAsStringLiteral(chatProtocols).withDefault("chat"),
    system: parseAsString.withDefault(""),
    from: parseAsString,
    key: parseAsString,
  });
  const [tools, setTools] = useState<readonly ToolDefinition[]>([]);
  const [parameters, setParameters] = useState<ChatParameters>({});
  const [isPanelOpen, setIsPanelOpen] = useState<boolean | null>(null);
  const [isCodeOpen, setIsCodeOpen] = useState(false);
  const chatModels = useMemo(() => (catalogue ?? []).filter((model) => factsOfModel(model).isChat), [catalogue]);
  const models = useMemo(
    () => (url.model.length > 0 ? url.model.slice(0, maxColumns) : chatModels.slice(0, 1).map(({ id }) => id)),
    [url.model, chatModels],
  );
  const settings: PlaySettings = useMemo(
    () => ({
      protocol: url.protocol,
      system: url.system,
      tools,
      parameters,
      credential: url.key === null ? { kind: "session" } : { kind: "asKey", keyId: url.key },
    }),
    [url.protocol, url.system, url.key, tools, parameters],
  );
  const playground = usePlayground(models, settings);
  useLoadedRequest(
    url.from,
    playground.load,
    (loaded) =>
      void setUrl({
        from: null,
        model: [loaded.model],
        system: loaded.system === "" ? null : loaded.system,
        protocol: loaded.protocol,
      }),
  );
  const isCompared = models.length > 1;
  const box = useRef<HTMLDivElement>(null);
  useScrollTogether(box, isCompared);
  const isRunning = playground.columns.some((column) => column.isRunning);
  const first = chatModels.find(({ id }) => id === models[0]);
  const setModel = (index: number, id: string) =>
    void setUrl({ model: models.map((one, at) => (at === index ? id : one)) });
  const removeModel = (index: number) => {
    playground.drop(index);
    void setUrl({ model: models.filter((_one, at) => at !== index) });
  };
  const addModel = () => {
    const next = chatModels.find(({ id }) => !models.includes(id)) ?? chatModels[0];
    if (next !== undefined) void setUrl({ model: [...models, next.id] });
  };
  const isShown = isPanelOpen ?? !isNarrow;
  const panel = (
    <ParameterPanel
      model={first}
      protocol={url.protocol}
      system={url.system}
      onSystem={(system) => void setUrl({ system: system === "" ? null : system })}
      parameters={parameters}
      onParameters={setParameters}
      tools={tools}
      onTools={setTools}
      keyId={url.key}
      onKey={(key) => void setUrl({ key })}
      onClose={() => setIsPanelOpen(false)}
    />
  );
  return (
    <div className="flex h-[calc(100dvh-3.5rem)] flex-col lg:h-dvh">
      <PageHeader
        title={t("title")}
        action={
          <span className="flex gap-1">
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("showCode")}
              title={t("showCode")}
              onClick={() => setIsCodeOpen(true)}
            >
              <Code aria-hidden />
            </Button>
            <Button variant="ghost" size="icon" aria-label={t("clear")} title={t("clear")} onClick={playground.clear}>
              <Eraser aria-hidden />
            </Button>
            <PlayMenu playground={playground} models={models} onModels={(ids) => void setUrl({ model: [...ids] })} />
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("settings")}
              title={t("settings")}
              aria-expanded={isShown}
              onClick={() => setIsPanelOpen(!isShown)}
            >
              <SlidersHorizontal aria-hidden />
            </Button>
          </span>
        }
      >
        <Segmented
          label={t("protocol")}
          value={url.protocol}
          options={chatProtocols.map((value) => ({ value, label: t(`protocols.${value}`) }))}
          onChange={(protocol) => void setUrl({ protocol })}
        />
      </PageHeader>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      <div className="flex min-h-0 flex-1">
        {/* Before the conversation, so that the message is the last field of the page. */}
        {isShown && panel}
        <div className="flex min-w-0 flex-1 flex-col">
          {isCompared && (
            <Suspense>
              <ComparedFigures columns={playground.columns} models={models} />
            </Suspense>
          )}
          <div ref={box} className="flex min-h-0 flex-1 snap-x snap-mandatory overflow-x-auto">
            {models.map((id, index) => (
              <section
                // biome-ignore lint/suspicious/noArrayIndexKey: a side stays when its model changes
                key={index}
                aria-label={id}
                className="flex min-w-[min(100%,22.5rem)] flex-1 snap-start flex-col border-r last:border-r-0"
              >
                <div className="flex h-11 shrink-0 items-center gap-1 border-b px-3">
                  <ModelPicker models={chatModels} value={id} onSelect={(next) => setModel(index, next)} />
                  {isCompared && (
                    <Button
                      variant="ghost"
                      size="icon"
                      aria-label={t("removeModel", { model: id })}
                      onClick={() => removeModel(index)}
                    >
                      <X aria-hidden />
                    </Button>
                  )}
                  {index === models.length - 1 && models.length < maxColumns && (
                    <Button
                      variant="ghost"
                      size="icon"
                      aria-label={t("compare")}
                      title={t("compare")}
                      className="ml-auto"
                      onClick={addModel}
                    >
                      {models.length === 1 ? <Columns2 aria-hidden /> : <Plus aria-hidden />}
                    </Button>
                  )}
                </div>
                <ChatColumn
                  column={playground.columns[index]}
                  model={chatModels.find((model) => model.id === id)}
                  models={chatModels}
                  isCompared={isCompared}
                  onEdit={(node, parts) => playground.edit(index, node, parts)}
                  onRegenerate={(node, model) => playground.regenerate(index, node, model)}
                  onTools={(results) => playground.answerTools(index, results)}
                  onKeepInAll={isCompared && !isRunning ? (node) => playground.keepInAll(index, node) : null}
                  onChoose={(node) => playground.choose(index, node)}
                  onRemove={(nodeId) => playground.remove(index, nodeId)}
                />
              </section>
            ))}
          </div>
          <Composer
            models={chatModels.filter(({ id }) => models.includes(id))}
            protocol={url.protocol}
            isRunning={isRunning}
            disabledReason={isAdmin ? (models.length === 0 ? t("noModel") : null) : t("viewer")}
            onSend={(parts: readonly UserPart[]) => playground.send(parts)}
            onStop={playground.stop}
          />
        </div>
      </div>
      {isCodeOpen && (
        <Suspense>
          <ShowCodeDialog
            tree={playground.columns[0]?.tree}
            model={models[0] ?? ""}
            settings={settings}
            onClose={() => setIsCodeOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
