"use client";

import type { ModelOverview, SettingsView } from "@copilot-llm/gateway/admin-api";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { Input } from "#components/ui/input";
import { Picker } from "#components/ui/picker";
import { useToast } from "#components/ui/toast";
import { useIsAdmin } from "#lib/api/use-auth";
import { useSettings, useUpdateSettings } from "#lib/api/use-settings";

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

function AliasCard({ models, settings }: CardProps) {
  const t = useTranslations("models.names");
  const isAdmin = useIsAdmin();
  const showToast = useToast();
  const update = useUpdateSettings();
  const options = useOptions(models);
  const [name, setName] = useState("");
  const [target, setTarget] = useState<string | null>(null);
  const aliases = Object.entries(settings.model_aliases);
  const save = (next: Record<string, string>, text: string) =>
    update.mutate(
      { changes: { model_aliases: next }, version: settings.version },
      { onSuccess: () => showToast("done", text) },
    );
  const add = () => {
    if (name.trim() === "" || target === null) return;
    save({ ...settings.model_aliases, [name.trim()]: target }, t("aliasSaved", { name: name.trim() }));
    setName("");
    setTarget(null);
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
                onClick={() => {
                  const { [alias]: _gone, ...rest } = settings.model_aliases;
                  save(rest, t("aliasRemoved", { name: alias }));
                }}
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
            isDisabled={name.trim() === "" || target === null}
          >
            {t("add")}
          </Button>
        </form>
      )}
    </Card>
  );
}

function FallbackCard({ models, settings }: CardProps) {
  const t = useTranslations("models.names");
  const isAdmin = useIsAdmin();
  const showToast = useToast();
  const update = useUpdateSettings();
  const options = useOptions(models);
  const [model, setModel] = useState<string | null>(null);
  const fallbacks = Object.entries(settings.model_fallbacks);
  const save = (id: string, list: readonly string[]) => {
    const { [id]: _old, ...rest } = settings.model_fallbacks;
    update.mutate(
      {
        changes: { model_fallbacks: list.length === 0 ? rest : { ...rest, [id]: [...list] } },
        version: settings.version,
      },
      { onSuccess: () => showToast("done", t("fallbackSaved", { model: id })) },
    );
  };
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
                        onClick={() =>
                          save(
                            id,
                            list.filter((one) => one !== other),
                          )
                        }
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
              if (model !== null) save(model, [other]);
              setModel(null);
            }}
            className="w-48 flex-1"
          />
        </div>
      )}
    </Card>
  );
}
