"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { Boxes } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Suspense, useCallback, useMemo } from "react";
import { useNow, useTranslations } from "use-intl";
import { DataList } from "#components/data-table/data-list";
import { EmptyState } from "#components/empty-state";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { ButtonLink } from "#components/ui/button";
import { useModels } from "#lib/api/use-models";
import { useStats } from "#lib/api/use-stats";
import { createLazyPart } from "#lib/lazy-part";
import { factsOfModel, isFree } from "#lib/models/model-facts";
import { dayMs, hourMs } from "#lib/time-units";
import type { ModelDetailProps } from "./model-detail";
import { NamesCard } from "./names-card";
import { useModelColumns } from "./use-model-columns";

const ModelDetail = createLazyPart<ModelDetailProps>(async () => (await import("./model-detail")).ModelDetail);

const abilities = ["images", "tools", "reasoning", "schemas"] as const;
const wires = ["chat", "responses", "messages"] as const;
const prices = ["free", "premium", "credits"] as const;
const weekMs = 7 * dayMs;
const noModels: readonly ModelOverview[] = [];

/** What can I use, and what does it cost? */
export function ModelsPage() {
  const t = useTranslations("models");
  const [filters, setFilters] = useQueryStates({
    q: parseAsString.withDefault(""),
    vendor: parseAsString,
    cap: parseAsStringLiteral(abilities),
    wire: parseAsStringLiteral(wires),
    price: parseAsStringLiteral(prices),
    sort: parseAsString.withDefault(""),
    id: parseAsString,
  });
  const { data, error, refetch } = useModels();
  const models = data ?? noModels;
  const thisHourMs = Math.floor(useNow({ updateInterval: 600_000 }).getTime() / hourMs) * hourMs;
  const { data: stats } = useStats({
    fromMs: thisHourMs - weekMs,
    toMs: thisHourMs + hourMs,
    groupBy: "model",
    withOutputRate: true,
  });
  const statsOf = useCallback((id: string) => stats?.rows.find(({ group }) => group === id), [stats]);
  const columns = useModelColumns(statsOf);
  const { q, vendor, cap, wire, price } = filters;
  const shown = useMemo(() => {
    const words = q.toLowerCase();
    return models.filter((model) => {
      const facts = factsOfModel(model);
      const has = {
        images: facts.seesImages,
        tools: facts.callsTools,
        reasoning: facts.efforts.length > 0,
        schemas: facts.fitsSchemas,
      };
      const isBilled = {
        free: isFree(model),
        premium: model.billing.some(({ unit }) => unit === "premium_requests"),
        credits: model.billing.some(({ unit }) => unit === "credits"),
      };
      return (
        `${model.id} ${model.name} ${model.vendor} ${model.aliases.join(" ")}`.toLowerCase().includes(words) &&
        (vendor === null || model.vendor === vendor) &&
        (cap === null || has[cap]) &&
        (wire === null || facts.protocols.includes(wire)) &&
        (price === null || isBilled[price])
      );
    });
  }, [models, q, vendor, cap, wire, price]);
  const vendors = useMemo(() => [...new Set(models.map((model) => model.vendor))].sort(), [models]);
  const open = useCallback((id: string | null) => void setFilters({ id }), [setFilters]);
  const openModel = models.find(({ id }) => id === filters.id);
  return (
    <>
      <PageHeader title={t("title")} />
      <PageBody>
        <div className="flex flex-col gap-3">
          <DataList
            name="models"
            caption={t("title")}
            isEmpty={data === undefined ? undefined : models.length === 0}
            empty={
              <EmptyState
                icon={Boxes}
                title={t("empty.title")}
                action={<ButtonLink href="/tokens/?new=1">{t("empty.action")}</ButtonLink>}
              >
                {t("empty.text")}
              </EmptyState>
            }
            error={error}
            onRetry={() => void refetch()}
            view={filters}
            onView={(changed) => void setFilters(changed)}
            searchPlaceholder={t("search")}
            fields={[
              { id: "vendor", label: t("columns.vendor"), options: vendors.map((value) => ({ value, label: value })) },
              {
                id: "cap",
                label: t("columns.abilities"),
                options: abilities.map((value) => ({ value, label: t(`abilities.${value}`) })),
              },
              {
                id: "wire",
                label: t("columns.wires"),
                options: wires.map((value) => ({ value, label: t(`protocols.${value}`) })),
              },
              {
                id: "price",
                label: t("columns.price"),
                options: prices.map((value) => ({ value, label: t(`prices.${value}`) })),
              },
            ]}
            shown={t("shown", { count: shown.length, total: models.length })}
            rows={shown}
            columns={columns}
            rowId={({ id }) => id}
            rowLabel={({ name }) => name}
            maxHeightClassName=""
          />
          {models.length > 0 && <p className="text-label text-foreground-soft">{t("measured")}</p>}
        </div>
        {data !== undefined && <NamesCard models={models} />}
      </PageBody>
      <Suspense>
        {openModel !== undefined && (
          <ModelDetail
            key={openModel.id}
            model={openModel}
            stats={statsOf(openModel.id)}
            neighbours={shown.map(({ id }) => id)}
            onOpen={open}
          />
        )}
      </Suspense>
    </>
  );
}
