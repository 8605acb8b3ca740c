import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { Braces, Brain, Image as ImageIcon, Wrench } from "lucide-react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "#components/data-table/data-column";
import { Count, Duration, Unknown } from "#components/figure";
import { Badge } from "#components/ui/badge";
import { usePriceParts } from "#components/use-price-text";
import type { StatsLine } from "#lib/api/use-stats";
import { factsOfModel } from "#lib/models/model-facts";
import { useFigures } from "#lib/use-figures";

/** What the list of models shows of each. */
export function useModelColumns(statsOf: (id: string) => StatsLine | undefined): readonly DataColumn<ModelOverview>[] {
  const t = useTranslations("models");
  const tProtocols = useTranslations("models.protocols");
  const figures = useFigures();
  const priceParts = usePriceParts();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("columns.model"),
        isTitle: true,
        sortValue: ({ name }) => name.toLowerCase(),
        cell: ({ id, name, preview }) => (
          <>
            <span className="flex items-center gap-2">
              <span className="truncate">{name}</span>
              {preview && <Badge tone="info">{t("preview")}</Badge>}
            </span>
            <span className="block truncate font-mono text-label font-normal text-foreground-soft">{id}</span>
          </>
        ),
      },
      {
        id: "vendor",
        header: t("columns.vendor"),
        width: "7rem",
        isOptional: true,
        card: "hidden",
        sortValue: ({ vendor }) => vendor,
        cell: ({ vendor }) => vendor,
      },
      {
        id: "price",
        header: t("columns.price"),
        width: "13.5rem",
        sortValue: ({ billing }) => billing[0]?.multiplier ?? billing[0]?.prices?.output ?? null,
        cell: (model) =>
          priceParts(model).map((part, index) => (
            <span
              key={part}
              title={part}
              className={index === 0 ? "block truncate" : "block truncate text-label text-foreground-soft"}
            >
              {part}
            </span>
          )),
      },
      {
        id: "context",
        header: t("columns.context"),
        width: "6.5rem",
        align: "end",
        sortValue: ({ context_window: context }) => context,
        cell: ({ context_window: context, max_output_tokens: output }) => (
          <>
            <span className="block">
              <Count value={context} />
            </span>
            <span className="block text-label text-foreground-soft">
              {output === null ? "–" : t("output", { tokens: figures.compact(output) })}
            </span>
          </>
        ),
      },
      {
        id: "abilities",
        header: t("columns.abilities"),
        width: "7.5rem",
        card: "hidden",
        cell: (model) => <Abilities model={model} />,
      },
      {
        id: "wires",
        header: t("columns.wires"),
        width: "10rem",
        card: "hidden",
        cell: (model) => {
          const facts = factsOfModel(model);
          const names = facts.isChat
            ? facts.protocols.map((protocol) => tProtocols(protocol))
            : [tProtocols("embeddings")];
          return names.join(", ");
        },
      },
      {
        id: "tokens",
        header: t("columns.tokens"),
        width: "5.5rem",
        align: "end",
        sortValue: ({ tokens }) => tokens.length,
        cell: ({ tokens, lacking_tokens: lacking }) => (
          <span
            title={lacking.map(({ alias, reason }) => `${alias}: ${t(`reasons.${reason}`)}`).join("\n")}
            className={tokens.length === 0 ? "text-danger" : ""}
          >
            {tokens.length} / {tokens.length + lacking.length}
          </span>
        ),
      },
      {
        id: "requests",
        header: t("columns.requests"),
        width: "6rem",
        align: "end",
        sortValue: ({ id }) => statsOf(id)?.requests ?? 0,
        cell: ({ id }) => <Count value={statsOf(id)?.requests ?? 0} />,
      },
      {
        id: "ttft",
        header: t("columns.firstToken"),
        width: "6.5rem",
        givesWay: true,
        align: "end",
        card: "hidden",
        sortValue: ({ id }) => statsOf(id)?.ttft_p50_ms,
        cell: ({ id }) => <Duration ms={statsOf(id)?.ttft_p50_ms} />,
      },
      {
        id: "errors",
        header: t("columns.errorRate"),
        width: "5.5rem",
        givesWay: true,
        align: "end",
        card: "hidden",
        sortValue: ({ id }) => errorRate(statsOf(id)),
        cell: ({ id }) => {
          const rate = errorRate(statsOf(id));
          return rate === null ? (
            <Unknown />
          ) : (
            <span className={rate > 0.1 ? "text-danger" : ""}>{figures.percent(rate)}</span>
          );
        },
      },
      {
        id: "aliases",
        header: t("columns.aliases"),
        width: "9rem",
        isOptional: true,
        card: "hidden",
        cell: ({ aliases }) => aliases.join(", ") || "–",
      },
    ],
    [t, tProtocols, figures, priceParts, statsOf],
  );
}

function errorRate(stats: StatsLine | undefined): number | null {
  return stats === undefined || stats.requests === 0 ? null : stats.errors / stats.requests;
}

/** What a model can do, as signs with their words. */
export function Abilities({ model }: { model: ModelOverview }) {
  const t = useTranslations("models.abilities");
  const facts = factsOfModel(model);
  const abilities = [
    { name: "images", has: facts.seesImages, icon: ImageIcon },
    { name: "tools", has: facts.callsTools, icon: Wrench },
    { name: "reasoning", has: facts.efforts.length > 0, icon: Brain },
    { name: "schemas", has: facts.fitsSchemas, icon: Braces },
  ] as const;
  return (
    <span className="flex gap-2">
      {abilities.map(({ name, has, icon: Icon }) => (
        <span key={name} title={t(has ? name : "lacks", { ability: t(name) })}>
          <Icon aria-hidden className={has ? "size-4" : "size-4 opacity-20"} />
          <span className="sr-only">{has ? t(name) : ""}</span>
        </span>
      ))}
    </span>
  );
}
