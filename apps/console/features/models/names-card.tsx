"use client";

import type { ModelOverview, SettingsView } from "@copilot-llm/gateway/admin-api";
import { useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { Input } from "#components/ui/input";
import { Picker } from "#components/ui/picker";
import { useToast } from "#components/ui/toast";
import { queryKeys } from "#lib/api/query-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useSettings, useUpdateSettings } from "#lib/api/use-settings";
import { NameNow } from "./name-now";

interface NamesCardProps {
  models: readonly ModelOverview[];
}

/** The names that stand for models, and what serves in a model's stead; changed in place, each change by itself. */
export function NamesCard({ models }: NamesCardProps) {
  const { data: settings } = useSettings();
  if (settings === undefined) return null;
  return (
    <div id="names" className="grid scroll-mt-16 gap-6 xl:grid-cols-2">
      <AliasCard models={models} settings={settings} />
      <FallbackCard models={models} settings={settings} />
    </div>
  );
}

interface CardProps extends NamesCardProps {
  settings: SettingsView;
}

function useOptions(models: readonly ModelOverview[]) {
  return models.map(({ id, name }) => ({ value: id, label: name, detail: id }));
}

/** The settings as they are when something is done with them, which for an undo is later than when it was offered. */
function useLatestSettings(settings: SettingsView): () => SettingsView {
  const queryClient = useQueryClient();
  return () => queryClient.getQueryData<SettingsView>(queryKeys.settings) ?? settings;
}

function AliasCard({ models, settings }: CardProps) {
  const t = useTranslations("models.names");
  const tCommon = useTranslations("common");
  const isAdmin = useIsAdmin();
  const showToast = useToast();
  const update = useUpdateSettings();
  const options = useOptions(models);
  const [name, setName] = useState("");
  const [target, setTarget] = useState<string | null>(null);
  const aliases = Object.entries(settings.model_aliases);
  const latest = useLatestSettings(settings);
  const typed = name.trim();
  const replaced = aliases.find(([alias]) => alias === typed)?.[1];
  const change = (alias: string, model: string | null, onSuccess: () => void) => {
    const { model_aliases: aliasesNow, version } = latest();
    const { [alias]: _old, ...others } = aliasesNow;
    // A name that stays keeps its place.
    const next = model === null ? others : { ...aliasesNow, [alias]: model };
    update.mutate({ changes: { model_aliases: next }, version }, { onSuccess });
  };
  const restore = (alias: string, model: string) =>
    change(alias, model, () => showToast("done", t("aliasSaved", { name: alias })));
  const remove = (alias: string, model: string) =>
    change(alias, null, () =>
      showToast("done", t("aliasRemoved", { name: alias }), {
        action: { label: tCommon("undo"), onAction: () => restore(alias, model) },
      }),
    );
  const add = () => {
    if (typed === "" || target === null) return;
    change(typed, target, () => {
      showToast("done", t("aliasSaved", { name: typed }));
      setName("");
      setTarget(null);
    });
  };
  return (
    <Card aria-label={t("aliases")}>
      <CardHeader title={t("aliases")} />
      <p className="px-4 pt-3 text-small text-foreground-soft">{t("aliasesText")}</p>
      {update.error !== null && <ErrorNotice error={update.error} className="mx-4 mt-3" />}
      <ul className="divide-y px-4 py-2">
        {aliases.length === 0 && <li className="py-2 text-small text-foreground-soft">{t("noAliases")}</li>}
        {aliases.map(([alias, model]) => (
          <li key={alias} className="flex min-h-10 items-center gap-3 text-small">
            <span className="min-w-0 flex-1 truncate font-mono">{alias}</span>
            <span aria-hidden className="text-foreground-soft">
              →
            </span>
            <span
              className={
                models.some(({ id }) => id === model)
                  ? "min-w-0 flex-1 truncate font-mono"
                  : "min-w-0 flex-1 truncate font-mono text-warn"
              }
            >
              {model}
            </span>
            {isAdmin && (
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("removeAlias", { name: alias })}
                onClick={() => remove(alias, model)}
              >
                <Trash2 aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isAdmin && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
          className="flex flex-wrap gap-2 border-t px-4 py-3"
        >
          <Input
            look="small"
            aria-label={t("aliasName")}
            placeholder={t("aliasName")}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="w-40! flex-1"
          />
          <Picker
            label={t("target")}
            options={options}
            value={target}
            placeholder={t("target")}
            onSelect={setTarget}
            className="w-48 flex-1"
          />
          <Button
            type="submit"
            variant="secondary"
            size="small"
            isBusy={update.isPending}
            isDisabled={typed === "" || target === null}
          >
            {t(replaced === undefined ? "add" : "replace")}
          </Button>
          <NameNow name={typed} replaced={replaced} />
        </form>
      )}
    </Card>
  );
}

function FallbackCard({ models, settings }: CardProps) {
  const t = useTranslations("models.names");
  const tCommon = useTranslations("common");
  const isAdmin = useIsAdmin();
  const showToast = useToast();
  const update = useUpdateSettings();
  const options = useOptions(models);
  const [model, setModel] = useState<string | null>(null);
  const fallbacks = Object.entries(settings.model_fallbacks);
  const latest = useLatestSettings(settings);
  const save = (
    id: string,
    list: readonly string[],
    onSuccess = () => showToast("done", t("fallbackSaved", { model: id })),
  ) => {
    const { model_fallbacks: fallbacksNow, version } = latest();
    const { [id]: _old, ...others } = fallbacksNow;
    const next = list.length === 0 ? others : { ...fallbacksNow, [id]: [...list] };
    update.mutate({ changes: { model_fallbacks: next }, version }, { onSuccess });
  };
  const remove = (id: string, list: readonly string[], other: string) =>
    save(
      id,
      list.filter((one) => one !== other),
      () =>
        showToast("done", t("fallbackRemoved", { model: id, other }), {
          action: { label: tCommon("undo"), onAction: () => save(id, list) },
        }),
    );
  const move = (id: string, list: readonly string[], from: number, to: number) => {
    const next = [...list];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    save(id, next);
  };
  return (
    <Card aria-label={t("fallbacks")}>
      <CardHeader title={t("fallbacks")} />
      <p className="px-4 pt-3 text-small text-foreground-soft">{t("fallbacksText")}</p>
      {update.error !== null && <ErrorNotice error={update.error} className="mx-4 mt-3" />}
      <ul className="divide-y px-4 py-2">
        {fallbacks.length === 0 && <li className="py-2 text-small text-foreground-soft">{t("noFallbacks")}</li>}
        {fallbacks.map(([id, list]) => (
          <li key={id} className="py-2 text-small">
            <p className="font-mono">{id}</p>
            <ol className="mt-1 flex flex-col gap-0.5 pl-4">
              {list.map((other, index) => (
                <li key={other} className="flex items-center gap-1">
                  <span className="w-5 text-label text-foreground-soft">{index + 1}.</span>
                  <span className="min-w-0 flex-1 truncate font-mono">{other}</span>
                  {isAdmin && (
                    <>
                      <Button
                        variant="ghost"
                        size="tinyIcon"
                        aria-label={t("up", { model: other })}
                        isDisabled={index === 0}
                        onClick={() => move(id, list, index, index - 1)}
                      >
                        <ArrowUp aria-hidden />
                      </Button>
                      <Button
                        variant="ghost"
                        size="tinyIcon"
                        aria-label={t("down", { model: other })}
                        isDisabled={index === list.length - 1}
                        onClick={() => move(id, list, index, index + 1)}
                      >
                        <ArrowDown aria-hidden />
                      </Button>
                      <Button
                        variant="ghost"
                        size="tinyIcon"
                        aria-label={t("removeFallback", { model: other })}
                        onClick={() => remove(id, list, other)}
                      >
                        <Trash2 aria-hidden />
                      </Button>
                    </>
                  )}
                </li>
              ))}
            </ol>
            {isAdmin && list.length < 10 && (
              <Picker
                label={t("addFallback", { model: id })}
                options={options.filter(({ value }) => value !== id && !list.includes(value))}
                value={null}
                shown={t("addOne")}
                onSelect={(other) => save(id, [...list, other])}
                className="mt-1.5 ml-4"
              />
            )}
          </li>
        ))}
      </ul>
      {isAdmin && (
        <div className="flex flex-wrap items-center gap-2 border-t px-4 py-3">
          <Picker
            label={t("fallbackFor")}
            options={options.filter(({ value }) => settings.model_fallbacks[value] === undefined)}
            value={model}
            placeholder={t("fallbackFor")}
            onSelect={setModel}
            className="w-48 flex-1"
          />
          <Picker
            label={t("target")}
            options={options.filter(({ value }) => value !== model)}
            value={null}
            placeholder={t("target")}
            isDisabled={model === null}
            onSelect={(other) => {
              if (model === null) return;
              save(model, [other], () => {
                showToast("done", t("fallbackSaved", { model }));
                setModel(null);
              });
            }}
            className="w-48 flex-1"
          />
        </div>
      )}
    </Card>
  );
}
