"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { Picker } from "#components/ui/picker";
import { usePriceText } from "#components/use-price-text";
import { factsOfModel, isFree } from "#lib/models/model-facts";
import { useStoredPreference } from "#lib/stored-preference";
import { useFigures } from "#lib/use-figures";

interface ModelPickerProps {
  models: readonly ModelOverview[];
  value: string | null;
  onSelect: (id: string) => void;
}

const needs = ["images", "tools", "reasoning", "free"] as const;
const keptRecent = 5;

/** Chooses a model by name, vendor, price, context and what it can do; what was chosen lately comes first. */
export function ModelPicker({ models, value, onSelect }: ModelPickerProps) {
  const t = useTranslations("playground.picker");
  const figures = useFigures();
  const priceText = usePriceText();
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
        const all = model.tokens.length + model.lacking_tokens.length;
        const parts = [
          model.vendor,
          model.context_window === null ? null : t("context", { tokens: figures.compact(model.context_window) }),
          t("tokens", { count: model.tokens.length, all }),
        ];
        return {
          value: model.id,
          label: model.name,
          search: `${model.vendor} ${model.aliases.join(" ")}`,
          detail: priceText(model),
          note: parts.filter((part) => part !== null).join(" · "),
        };
      });
  }, [models, wanted, recent, t, figures, priceText]);
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
