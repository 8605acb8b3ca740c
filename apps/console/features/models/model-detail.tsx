"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { Count, Duration } from "#components/figure";
import { JsonBody } from "#components/json/json-body";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import type { StatsLine } from "#lib/api/use-stats";
import { factsOfModel } from "#lib/models/model-facts";
import { encodeCurlSnippet } from "#lib/snippets";
import { useMetricFormat } from "#lib/stats/use-metric-format";
import { useFigures } from "#lib/use-figures";
import { Abilities } from "./use-model-columns";

export interface ModelDetailProps {
  model: ModelOverview;
  stats: StatsLine | undefined;
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

const centsPerCredit = 1;

/** All about one model: its prices in each billing world, what it can do, who has it, and how to ask it. */
export function ModelDetail({ model, stats, neighbours, onOpen }: ModelDetailProps) {
  const t = useTranslations("models");
  const figures = useFigures();
  const formatMetric = useMetricFormat();
  const facts = factsOfModel(model);
  const index = neighbours.indexOf(model.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  const aliasOf = (id: string) => model.tokens.find((token) => token.id === id)?.alias ?? id;
  return (
    <DetailSheet
      label={t("detail.label", { name: model.name })}
      title={
        <span className="flex items-center gap-2">
          <span className="truncate">{model.name}</span>
          {model.preview && <Badge tone="info">{t("preview")}</Badge>}
        </span>
      }
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
      actions={
        facts.isChat && (
          <ButtonLink variant="secondary" size="small" href={`/playground/?model=${encodeURIComponent(model.id)}`}>
            {t("detail.try")}
          </ButtonLink>
        )
      }
    >
      {model.warnings.length > 0 && (
        <div className="m-4 rounded-lg bg-warn-soft px-3.5 py-2.5 text-small text-warn">
          {model.warnings.map(({ code, message }) => (
            <p key={message} lang="en">
              {message || code}
            </p>
          ))}
        </div>
      )}
      <DetailSection title={t("columns.price")}>
        <ul className="flex flex-col gap-3 text-small">
          {model.billing.map(({ unit, multiplier, prices, token_ids: ids }) => (
            <li key={`${unit} ${multiplier}`} className="rounded-lg border px-3.5 py-2.5">
              <p className="font-medium">
                {unit === null
                  ? t("detail.free")
                  : unit === "premium_requests"
                    ? t("detail.multiplier", { multiplier: figures.count(multiplier ?? 1) })
                    : t("detail.credits")}
              </p>
              {prices !== null && (
                <dl className="mt-1.5 grid grid-cols-2 gap-x-6 gap-y-1 sm:grid-cols-4">
                  {(["input", "output", "cache_read", "cache_write"] as const).map((name) => (
                    <div key={name}>
                      <dt className="text-label text-foreground-soft">{t(`detail.prices.${name}`)}</dt>
                      <dd className="tabular-nums">
                        {figures.amount(prices[name])}{" "}
                        <span className="text-label text-foreground-soft">
                          {figures.dollars(prices[name] * centsPerCredit)}
                        </span>
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
              {prices?.long_context != null && (
                <p className="mt-1.5 text-label text-foreground-soft">
                  {t("detail.longContext", {
                    above: figures.compact(prices.long_context.above_input_tokens),
                    input: figures.amount(prices.long_context.input),
                    output: figures.amount(prices.long_context.output),
                  })}
                </p>
              )}
              <p className="mt-1.5 text-label text-foreground-soft">
                {t("detail.forTokens", { tokens: ids.map(aliasOf).join(", ") })}
              </p>
            </li>
          ))}
        </ul>
      </DetailSection>
      <DetailSection title={t("detail.facts")}>
        <FactList
          facts={[
            [
              t("detail.id"),
              <span key="id" className="font-mono text-label">
                {model.id}
              </span>,
            ],
            [t("columns.vendor"), model.vendor],
            [t("detail.context"), <Count key="context" value={model.context_window} />],
            [t("detail.output"), <Count key="output" value={model.max_output_tokens} />],
            [t("columns.abilities"), <Abilities key="abilities" model={model} />],
            [t("detail.efforts"), facts.efforts.join(", ") || "–"],
            [t("columns.wires"), facts.protocols.map((protocol) => t(`protocols.${protocol}`)).join(", ")],
            [t("columns.aliases"), model.aliases.join(", ") || "–"],
            [t("detail.fallbacks"), model.fallbacks.join(" → ") || "–"],
          ]}
        />
      </DetailSection>
      <DetailSection title={t("detail.week")}>
        <FactList
          facts={[
            [t("columns.requests"), <Count key="requests" value={stats?.requests ?? 0} />],
            [
              t("columns.errorRate"),
              stats === undefined || stats.requests === 0 ? "–" : figures.percent(stats.errors / stats.requests),
            ],
            [t("columns.firstToken"), <Duration key="ttft" ms={stats?.ttft_p50_ms} />],
            [t("detail.whole"), <Duration key="whole" ms={stats?.latency_p50_ms} />],
            [t("detail.outputRate"), formatMetric("outputRate", stats?.output_tokens_per_second_p50 ?? null)],
          ]}
        />
        <div className="mt-3 flex flex-wrap gap-2">
          <ButtonLink variant="secondary" size="small" href={`/sessions/?model=${encodeURIComponent(model.id)}`}>
            {t("detail.sessions")}
          </ButtonLink>
          <ButtonLink
            variant="secondary"
            size="small"
            href={`/usage/?range=7d&group=key&model=${encodeURIComponent(model.id)}`}
          >
            {t("detail.users")}
          </ButtonLink>
        </div>
      </DetailSection>
      <DetailSection title={t("columns.tokens")}>
        <ul className="flex flex-wrap gap-x-3 gap-y-1 text-small">
          {model.tokens.length === 0 && <li>–</li>}
          {model.tokens.map(({ id, alias }) => (
            <li key={id}>
              <Link
                href={`/tokens/?id=${encodeURIComponent(id)}`}
                prefetch={false}
                className="text-accent hover:underline"
              >
                {alias}
              </Link>
            </li>
          ))}
        </ul>
        {model.lacking_tokens.length > 0 && (
          <ul className="mt-2 text-label text-foreground-soft">
            {model.lacking_tokens.map(({ id, alias, reason }) => (
              <li key={id}>
                {alias}: {t(`reasons.${reason}`)}
              </li>
            ))}
          </ul>
        )}
      </DetailSection>
      {facts.isChat && (
        <DetailSection title={t("detail.ask")}>
          <CodeBlock
            label="curl"
            code={encodeCurlSnippet({ origin: window.location.origin, key: "$COPILOT_LLM_KEY", modelIds: [model.id] })}
          />
        </DetailSection>
      )}
      <DetailSection title={t("detail.json")}>
        <JsonBody text={JSON.stringify(model)} label={t("detail.json")} fileName={`${model.id}.json`} />
      </DetailSection>
    </DetailSheet>
  );
}
