import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { useRequestDetails } from "#lib/api/use-request-details";
import { useFigures } from "#lib/use-figures";
import { readCost } from "./answer-figures";
import type { PlayNode } from "./conversation-tree";

interface ChatTotalsProps {
  path: readonly PlayNode[];
  model: ModelOverview | undefined;
}

/** What the conversation took and cost so far, and how full the model's context is. */
export function ChatTotals({ path, model }: ChatTotalsProps) {
  const t = useTranslations("playground.totals");
  const figures = useFigures();
  const exchanges = path.flatMap((node) => (node.kind === "answer" ? [node.answer.exchange] : []));
  const usages = exchanges.flatMap(({ answer }) => answer.usage ?? []);
  // While an answer comes in, nothing is on record yet.
  const ids = exchanges.flatMap(({ requestId, durationMs }) => (durationMs === null ? [] : (requestId ?? [])));
  const costs = useRequestDetails(ids).map(readCost);
  const last = usages.at(-1);
  if (last === undefined) return null;
  const input = usages.reduce((sum, usage) => sum + usage.input, 0);
  const output = usages.reduce((sum, usage) => sum + usage.output, 0);
  const share = model?.context_window == null ? null : (last.input + last.output) / model.context_window;
  const sumOf = (unit: "credits" | "premium") =>
    costs.reduce((sum, cost) => (cost.unit === unit ? sum + cost.amount : sum), 0);
  const [credits, premium] = [sumOf("credits"), sumOf("premium")];
  const parts = [
    t("tokens", { input: figures.compact(input), output: figures.compact(output) }),
    credits > 0 ? t("credits", { amount: figures.amount(credits), dollars: figures.dollars(credits) }) : null,
    premium > 0 ? t("premium", { count: figures.amount(premium) }) : null,
    share === null ? null : t("context", { share: figures.percent(share) }),
  ].filter((part) => part !== null);
  const text = parts.join(" · ");
  return (
    <p
      title={text}
      className="h-7 shrink-0 truncate border-b px-4 text-label leading-7 text-foreground-soft tabular-nums"
    >
      {text}
    </p>
  );
}
