import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { FilterField } from "#components/filters/filter-bar";
import { parseDuration } from "#lib/parse-duration";
import { useFigures } from "#lib/use-figures";

const durationsMs = [1_000, 5_000, 10_000, 30_000, 60_000, 300_000];
const credits = [0.01, 0.1, 0.5, 1, 5, 10];
const mostCredits = 1_000_000;

/** Slow requests and dear ones: what each took and cost at least, from a list or as it is typed. */
export function useLeastFields(): readonly FilterField[] {
  const t = useTranslations("sessions.least");
  const figures = useFigures();
  return useMemo(() => {
    const ofDuration = (ms: number) => ({ value: String(ms), label: figures.duration(ms) });
    const ofCredits = (amount: number) => ({
      value: String(amount),
      label: t("amount", { amount: figures.amount(amount) }),
    });
    return [
      {
        id: "min_ms",
        label: t("duration"),
        options: durationsMs.map(ofDuration),
        labelOf: (value) => figures.duration(Number(value)),
        readTyped: (text) => {
          const ms = parseDuration(text);
          return ms === null || ms === 0 ? null : { ...ofDuration(ms), search: text };
        },
      },
      {
        id: "min_credits",
        label: t("cost"),
        options: credits.map(ofCredits),
        labelOf: (value) => ofCredits(Number(value)).label,
        readTyped: (text) => {
          const amount = Number(text.trim().replace(",", "."));
          return amount > 0 && amount <= mostCredits ? { ...ofCredits(amount), search: text } : null;
        },
      },
    ];
  }, [t, figures]);
}
