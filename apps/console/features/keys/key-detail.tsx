"use client";

import { keyRates } from "@copilot-llm/quota/key-limits";
import { useNow, useTranslations } from "use-intl";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { Amount, Count } from "#components/figure";
import { ExactTime, RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useFigures } from "#lib/use-figures";
import { KeyActions } from "./key-actions";
import { KeyState } from "./key-state";
import { BudgetBar } from "./key-usage";
import { budgetsOf, nextResetMs } from "./map-key-state";

interface KeyDetailProps {
  apiKey: ApiKey;
  /** The ids of the list, in its order. */
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

/** All about one key: its use against its limits, what it may do, and where its requests are. */
export function KeyDetail({ apiKey, neighbours, onOpen }: KeyDetailProps) {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  const { data: tokens } = useGithubTokens();
  const index = neighbours.indexOf(apiKey.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  const aliases = apiKey.github_token_ids?.map(
    (id) => tokens?.tokens.find((token) => token.id === id)?.alias ?? t("scope.unknownToken"),
  );
  return (
    <DetailSheet
      label={t("detail.label", { alias: apiKey.alias })}
      title={apiKey.alias}
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
      actions={isAdmin && <KeyActions apiKey={apiKey} />}
    >
      <KeyBudgets apiKey={apiKey} />
      <DetailSection title={t("detail.facts")}>
        <FactList
          facts={[
            [t("columns.state"), <KeyState key="state" apiKey={apiKey} />],
            [
              t("detail.key"),
              <span key="preview" className="font-mono text-label">
                {apiKey.key_preview}…
              </span>,
            ],
            [t("detail.created"), <ExactTime key="created" time={apiKey.created_at} />],
            [
              t("columns.expires"),
              apiKey.expires_at === null ? t("never") : <ExactTime key="expires" time={apiKey.expires_at} />,
            ],
            [
              t("columns.lastUsed"),
              apiKey.last_used_at === null ? t("neverUsed") : <RelativeTime key="used" time={apiKey.last_used_at} />,
            ],
            [t("form.recording"), t(`form.recordings.${apiKey.recording ?? "default"}`)],
          ]}
        />
        <div className="mt-3 flex flex-wrap gap-2">
          <ButtonLink variant="secondary" size="small" href={`/sessions/?key=${encodeURIComponent(apiKey.id)}`}>
            {t("detail.sessions")}
          </ButtonLink>
          <ButtonLink variant="secondary" size="small" href={`/connect/?key=${encodeURIComponent(apiKey.id)}`}>
            {t("detail.connect")}
          </ButtonLink>
          {isAdmin && (
            <ButtonLink variant="secondary" size="small" href={`/audit/?subject=${encodeURIComponent(apiKey.id)}`}>
              {t("detail.history")}
            </ButtonLink>
          )}
        </div>
      </DetailSection>
      <DetailSection title={t("columns.scope")}>
        <FactList
          facts={[
            [
              t("form.models"),
              apiKey.allowed_models === null ? (
                t("scope.allModels")
              ) : (
                <Names key="models" names={apiKey.allowed_models} />
              ),
            ],
            [t("form.tokens"), aliases === undefined ? t("scope.allTokens") : <Names key="tokens" names={aliases} />],
          ]}
        />
      </DetailSection>
    </DetailSheet>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {names.map((name) => (
        <Badge key={name} className="max-w-full">
          <span className="truncate">{name}</span>
        </Badge>
      ))}
    </span>
  );
}

function KeyBudgets({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("keys");
  const figures = useFigures();
  const now = useNow({ updateInterval: 60_000 });
  const resetMs = nextResetMs(apiKey, now.getTime());
  const budgets = budgetsOf(apiKey);
  const limited = budgets.flatMap((budget) => (budget.limit === null ? [] : [{ ...budget, limit: budget.limit }]));
  const rates = keyRates.flatMap(({ name }) => {
    const limit = apiKey[name];
    return limit === null ? [] : [t(`usage.rates.${name}`, { limit: figures.count(limit) })];
  });
  return (
    <DetailSection title={t("columns.usage")}>
      <div className="flex flex-col gap-3 text-small">
        {limited.map((budget) => (
          <BudgetBar key={budget.name} budget={budget} />
        ))}
        <FactList
          facts={[
            ...budgets.flatMap((budget): (readonly [string, React.ReactNode])[] =>
              budget.limit === null
                ? [
                    [
                      t(`usage.names.${budget.name}`),
                      budget.isWhole ? (
                        <Count key="used" value={budget.used} />
                      ) : (
                        <Amount key="used" value={budget.used} />
                      ),
                    ],
                  ]
                : [],
            ),
            [t("detail.period"), t(`usage.per.${apiKey.limit_period}`)],
            resetMs === null
              ? null
              : [t("detail.resets"), <RelativeTime key="reset" time={new Date(resetMs).toISOString()} />],
            rates.length === 0 ? null : [t("detail.rates"), rates.join(" · ")],
          ]}
        />
      </div>
    </DetailSection>
  );
}
