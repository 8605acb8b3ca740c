import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { useFigures } from "#lib/use-figures";

/** What a model costs in one line, for each way in which the pool's accounts bill it. */
export function usePriceText(): (model: ModelOverview) => string {
  const priceParts = usePriceParts();
  return (model) => priceParts(model).join(" · ");
}

/** What a model costs, one text for each way in which the pool's accounts bill it: two at most. */
export function usePriceParts(): (model: ModelOverview) => readonly string[] {
  const t = useTranslations("price");
  const figures = useFigures();
  return ({ billing }) => {
    const parts = billing.map(({ unit, multiplier, prices }) => {
      if (unit === null) return t("free");
      if (unit === "premium_requests") return t("multiplier", { multiplier: figures.count(multiplier ?? 1) });
      if (prices === null) return t("unknown");
      return t("credits", { input: figures.amount(prices.input), output: figures.amount(prices.output) });
    });
    return parts.length === 0 ? [t("unknown")] : [...new Set(parts)];
  };
}
