"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { Brain, Image as ImageIcon, Wrench } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useProtocolName } from "#components/protocol-name";
import { Picker } from "#components/ui/picker";
import { usePriceText } from "#components/use-price-text";
import { factsOfModel, isFree, type ModelFacts } from "#lib/models/model-facts";
import { useStoredPreference } from "#lib/stored-preference";
import { useFigures } from "#lib/use-figures";

interface ModelPickerProps {
  models: readonly ModelOverview[];
  value: string | null;
  onSelect: (id: string) => void;
}

const needs = ["images", "tools", "reasoning", "free"] as const;
const keptRecent = 5;
const fullProtocols = {
  chat: "openai-chat",
  responses: "openai-responses",
  messages: "anthropic-messages",
} as const;

/** Chooses a model by name, vendor, price, context and what it can do; what was chosen lately comes first. */
export function ModelPicker({ models, value, onSelect }: ModelPickerProps) {
  const t = useTranslations("playground.picker");
  const figures = useFigures();
  const priceText = usePriceText();
  const protocolName = useProtocolName();
  const [stored, setStored] = useStoredPreference("console.recent-models");
  const [wanted, setWanted] = useState<readonly (typeof needs)[number][]>([]);
  const recent = useMemo(() => (stored ?? "").split(",").filter((id) => id !== ""), [stored]);
  const options = useMemo(() => {
    const fits = (model: ModelOverview) => {
      const facts = factsOfModel(model);
      const has = {
        images: facts.seesImages,
        tools: facts.callsTools,
        reasoning: facts.efforts.length > 0,
        free: isFree(model),
      };
      return wanted.every((need) => has[need]);
    };
    const rank = ({ id }: ModelOverview) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
    return models
      .filter(fits)
      .map((model, index) => ({ model, index }))
      .sort((a, b) => rank(a.model) - rank(b.model) || a.index - b.index)
      .map(({ model }) => {
        const facts = factsOfModel(model);
        const all = model.tokens.length + model.lacking_tokens.length;
        const parts = [
          model.context_window === null ? null : t("context", { tokens: figures.compact(model.context_window) }),
          t("tokens", { count: model.tokens.length, all }),
          facts.protocols.map((protocol) => protocolName(fullProtocols[protocol])).join(", "),
        ];
        return {
          value: model.id,
          label: model.name,
          search: `${model.vendor} ${model.aliases.join(" ")}`,
          detail: priceText(model),
          note: (
            <span className="flex items-center gap-2">
              <span className="min-w-0 truncate">{parts.filter((part) => part !== null).join(" · ")}</span>
              <Signs facts={facts} />
            </span>
          ),
          group: recent.includes(model.id) ? t("recent") : model.vendor,
        };
      });
  }, [models, wanted, recent, t, figures, priceText, protocolName]);
  const shown = models.find(({ id }) => id === value);
  return (
    <Picker
      label={t("label")}
      options={options}
      value={value}
      shown={shown?.name ?? value}
      placeholder={t("label")}
      onSelect={(id) => {
        setStored([id, ...recent.filter((other) => other !== id)].slice(0, keptRecent).join(","));
        onSelect(id);
      }}
      className="max-w-[calc(100%-2.5rem)] border-transparent! bg-transparent! font-medium"
    >
      <fieldset aria-label={t("needs")} className="flex flex-wrap gap-1 border-b px-2 py-1.5">
        {needs.map((need) => (
          <button
            key={need}
            type="button"
            aria-pressed={wanted.includes(need)}
            onClick={() => setWanted(wanted.includes(need) ? wanted.filter((one) => one !== need) : [...wanted, need])}
            className="h-6 rounded border px-1.5 text-label text-foreground-soft aria-pressed:border-foreground-soft aria-pressed:bg-muted aria-pressed:text-foreground pointer-coarse:h-11"
          >
            {t(`need.${need}`)}
          </button>
        ))}
      </fieldset>
    </Picker>
  );
}

/** What a model can do, as far as the filters above ask for it. */
function Signs({ facts }: { facts: ModelFacts }) {
  const t = useTranslations("playground.picker.need");
  const signs = [
    { need: "images", has: facts.seesImages, icon: ImageIcon },
    { need: "tools", has: facts.callsTools, icon: Wrench },
    { need: "reasoning", has: facts.efforts.length > 0, icon: Brain },
  ] as const;
  return (
    <span className="flex shrink-0 gap-1.5">
      {signs.map(
        ({ need, has, icon: Icon }) =>
          has && (
            <span key={need} title={t(need)}>
              <Icon aria-hidden className="size-3.5" />
              <span className="sr-only">{t(need)}</span>
            </span>
          ),
      )}
    </span>
  );
}
