"use client";

import type { QuotaBucket } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { Amount, Count } from "#components/figure";
import { JsonBody } from "#components/json/json-body";
import { DayTime, ExactTime, RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { Meter } from "#components/ui/meter";
import { UsageMonth } from "#components/usage-month";
import { useApiKeys } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { type GithubToken, useGithubTokenQuotas } from "#lib/api/use-github-tokens";
import { useModels } from "#lib/api/use-models";
import { useFigures } from "#lib/use-figures";
import { mapPlanName } from "./map-plan-name";
import { TokenActions } from "./token-actions";
import { TokenPayer } from "./token-payer";
import { TokenState } from "./token-state";

interface TokenDetailProps {
  token: GithubToken;
  /** The ids of the list, in its order. */
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

/** All about one token: its quotas, the models it has, the keys that depend on it. */
export function TokenDetail({ token, neighbours, onOpen }: TokenDetailProps) {
  const t = useTranslations("tokens");
  const isAdmin = useIsAdmin();
  const { data: quotas } = useGithubTokenQuotas();
  const index = neighbours.indexOf(token.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  const buckets = quotas?.quotas.find(({ id }) => id === token.id)?.quotas ?? [];
  return (
    <DetailSheet
      label={t("detail.label", { alias: token.alias })}
      title={
        <span className="flex items-center gap-2">
          <span className="truncate">{token.alias}</span>
          {token.plan !== null && <Badge>{mapPlanName(token.plan)}</Badge>}
        </span>
      }
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
      actions={isAdmin && <TokenActions token={token} />}
    >
      <DetailSection title={t("detail.facts")}>
        <FactList
          facts={[
            [t("columns.state"), <TokenState key="state" token={token} />],
            token.error_message === null
              ? null
              : [
                  t("detail.githubSays"),
                  <span key="message" lang="en">
                    {token.error_message}
                  </span>,
                ],
            token.warning === null
              ? null
              : [
                  t("detail.warning"),
                  <span key="warning" lang="en" className="text-warn">
                    {token.warning}
                  </span>,
                ],
            [t("detail.login"), token.login === null ? "–" : `@${token.login}`],
            [t("detail.kind"), t(`kind.${token.kind}`)],
            [
              t("detail.token"),
              <span key="preview" className="font-mono text-label">
                {token.token_preview}
              </span>,
            ],
            [t("detail.added"), <ExactTime key="added" time={token.created_at} />],
            [
              t("columns.lastUsed"),
              token.last_used_at === null ? t("neverUsed") : <RelativeTime key="used" time={token.last_used_at} />,
            ],
            [t("columns.requests"), <Count key="requests" value={token.total_requests} />],
            token.unit === "credits"
              ? [t("detail.credits"), <Amount key="credits" value={token.credits_used} />]
              : [t("columns.premium"), <Amount key="premium" value={token.premium_requests} />],
            [t("detail.errors"), <Count key="errors" value={token.errors_24h} />],
            [t("detail.running"), <Count key="running" value={token.running} />],
          ]}
        />
        <div className="mt-3 flex gap-2">
          <ButtonLink variant="secondary" size="small" href={`/sessions/?token=${encodeURIComponent(token.id)}`}>
            {t("detail.sessions")}
          </ButtonLink>
          {isAdmin && (
            <ButtonLink variant="secondary" size="small" href={`/audit/?subject=${encodeURIComponent(token.id)}`}>
              {t("detail.history")}
            </ButtonLink>
          )}
        </div>
      </DetailSection>
      <UsageMonth of={{ dimension: "token", id: token.id }}>
        <DetailSection title={t("detail.quotas")}>
          {buckets.length === 0 ? (
            <p className="text-small text-foreground-soft">{t("quota.unknown")}</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {buckets.map((bucket) => (
                <li key={bucket.bucket}>
                  <Quota bucket={bucket} />
                </li>
              ))}
            </ul>
          )}
        </DetailSection>
        <TokenPayer token={token} />
        <TokenModels token={token} />
        <TokenKeys token={token} />
        <DetailSection title={t("detail.json")}>
          <JsonBody
            text={JSON.stringify({ ...token, quotas: buckets })}
            label={t("detail.json")}
            fileName={`${token.id}.json`}
          />
        </DetailSection>
      </UsageMonth>
    </DetailSheet>
  );
}

const knownBuckets = ["premium_interactions", "chat", "completions", "session", "weekly"] as const;

function Quota({ bucket }: { bucket: QuotaBucket }) {
  const t = useTranslations("tokens.quota");
  const figures = useFigures();
  const known = knownBuckets.find((name) => name === bucket.bucket);
  const name = known === undefined ? bucket.bucket : t(`buckets.${known}`);
  const { entitlement, used } = bucket;
  return (
    <div className="text-small">
      <div className="mb-1 flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{name}</span>
        <span className="text-foreground-soft tabular-nums">
          {bucket.unlimited
            ? t("unlimited")
            : entitlement === null || used === null
              ? t("unknown")
              : t("of.units", { used: figures.amount(used), limit: figures.count(entitlement) })}
        </span>
      </div>
      {entitlement !== null && used !== null && !bucket.unlimited && (
        <Meter used={used} limit={entitlement} label={name} />
      )}
      <p className="mt-1 text-label text-foreground-soft">
        {bucket.reset_at !== null && t.rich("resets", { time: () => <DayTime time={bucket.reset_at ?? ""} /> })}
        {bucket.reset_at !== null && " · "}
        {t.rich("seen", { time: () => <RelativeTime time={bucket.seen_at} /> })}
        {bucket.overage_permitted && ` · ${t("overage", { count: figures.amount(bucket.overage_count) })}`}
      </p>
    </div>
  );
}

function TokenModels({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens.detail");
  const { data: models } = useModels();
  if (models === undefined || models.length === 0) return null;
  const has = models.filter(({ tokens }) => tokens.some(({ id }) => id === token.id));
  const lacks = models.filter((model) => !has.includes(model));
  const reasonOf = (model: (typeof models)[number]) => model.lacking_tokens.find(({ id }) => id === token.id)?.reason;
  const reasons = [...new Set(lacks.map(reasonOf))];
  const shared = reasons.length === 1 ? reasons[0] : undefined;
  return (
    <DetailSection title={t("modelsOf", { count: has.length, total: models.length })}>
      <p className="font-mono text-label leading-5 break-words">{has.map(({ id }) => id).join(", ") || "–"}</p>
      {lacks.length > 0 && (
        <>
          <h4 className="mt-3 mb-1 text-label font-medium text-foreground-soft">{t("lacks")}</h4>
          <ul className="text-label text-foreground-soft">
            {shared !== undefined && has.length === 0 ? (
              <li>{t("lacksAll", { reason: t(`lackReasons.${shared}`) })}</li>
            ) : (
              lacks.map((model) => {
                const reason = reasonOf(model);
                return (
                  <li key={model.id}>
                    <span className="font-mono">{model.id}</span>
                    {reason !== undefined && ` · ${t(`lackReasons.${reason}`)}`}
                  </li>
                );
              })
            )}
          </ul>
        </>
      )}
    </DetailSection>
  );
}

function TokenKeys({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens.detail");
  const { data } = useApiKeys();
  const bound = (data?.keys ?? []).filter(({ github_token_ids: ids }) => ids?.includes(token.id) === true);
  if (bound.length === 0) return null;
  return (
    <DetailSection title={t("boundKeys")}>
      <ul className="flex flex-col gap-1 text-small">
        {bound.map((key) => (
          <li key={key.id} className="flex items-center gap-2">
            <a href={`/keys/?id=${encodeURIComponent(key.id)}`} className="truncate text-accent hover:underline">
              {key.alias}
            </a>
            {key.github_token_ids?.length === 1 && <Badge tone="warn">{t("onlyThis")}</Badge>}
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}
