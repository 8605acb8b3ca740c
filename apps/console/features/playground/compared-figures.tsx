"use client";

import { Trophy } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useRequestDetails } from "#lib/api/use-request-details";
import { useFigures } from "#lib/use-figures";
import { type AnswerCost, type ComparedFigure, findBest, readAnswerFigures } from "./answer-figures";
import { pathOf } from "./conversation-tree";
import type { Column } from "./use-playground";

export interface ComparedFiguresProps {
  columns: readonly Column[];
  models: readonly string[];
}

/** What the last answer of each model took, one below the other. The best of each kind has a cup, not a colour. */
export function ComparedFigures({ columns, models }: ComparedFiguresProps) {
  const t = useTranslations("playground.compared");
  const figures = useFigures();
  const exchanges = columns.map(({ tree }) => {
    const last = pathOf(tree).at(-1);
    return last?.kind === "answer" ? last.answer.exchange : null;
  });
  // While an answer comes in, nothing is on record yet.
  const ids = exchanges.flatMap((exchange) => (exchange?.durationMs == null ? [] : (exchange.requestId ?? [])));
  const records = useRequestDetails(ids);
  const all = exchanges.map((exchange) =>
    exchange === null ? null : readAnswerFigures(exchange, records.find(({ id }) => id === exchange.requestId) ?? null),
  );
  const best = findBest(all);
  if (all.every((one) => one === null)) return null;
  // What cost nothing did so in either unit.
  const writeCost = ({ unit, amount }: AnswerCost) =>
    amount === 0 ? figures.amount(0) : t(unit, { amount: figures.amount(amount) });
  const numberCell = "px-1 text-right sm:px-2 whitespace-nowrap";
  const cell = (index: number, figure: ComparedFigure, text: string | null) => (
    <Best isBest={best[index]?.has(figure) === true}>{text ?? "–"}</Best>
  );
  return (
    <div className="shrink-0 border-b px-2 py-1 text-label tabular-nums">
      <table className="w-full max-w-4xl table-auto border-collapse">
        <caption className="sr-only">{t("caption")}</caption>
        <thead className="text-foreground-soft">
          <tr className="h-6">
            <th scope="col" className="px-1 text-left sm:px-2 font-normal">
              {t("model")}
            </th>
            {(["firstToken", "speed", "tokens", "cost"] as const).map((name) => (
              <th key={name} scope="col" className={`${numberCell} font-normal`}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model, index) => {
            const one = all[index] ?? null;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same model may be there twice
              <tr key={index} className="h-6">
                <th scope="row" title={model} className="w-full max-w-0 truncate px-1 sm:px-2 text-left font-medium">
                  {model}
                </th>
                <td className={numberCell}>
                  {cell(index, "firstTokenMs", one?.firstTokenMs == null ? null : figures.duration(one.firstTokenMs))}
                </td>
                <td className={numberCell}>
                  {cell(
                    index,
                    "tokensPerSecond",
                    one?.tokensPerSecond == null ? null : figures.compact(Math.round(one.tokensPerSecond)),
                  )}
                </td>
                <td className={numberCell}>
                  {one?.inputTokens == null || one.outputTokens == null
                    ? "–"
                    : `${figures.compact(one.inputTokens)} → ${figures.compact(one.outputTokens)}`}
                </td>
                <td className={numberCell}>{cell(index, "cost", one?.cost == null ? null : writeCost(one.cost))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Best({ isBest, children }: { isBest: boolean; children: ReactNode }) {
  const t = useTranslations("playground.compared");
  if (!isBest) return children;
  return (
    <span className="inline-flex items-center gap-1 font-semibold">
      <Trophy aria-hidden className="size-3" />
      {children}
      <span className="sr-only">{t("best")}</span>
    </span>
  );
}
