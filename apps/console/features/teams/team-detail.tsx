"use client";

import Link from "next/link";
import { useNow, useTranslations } from "use-intl";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { Count } from "#components/figure";
import { ExactTime } from "#components/relative-time";
import { ButtonLink } from "#components/ui/button";
import { BudgetSection } from "#features/keys/budget-section";
import { useIsAdmin } from "#lib/api/use-auth";
import { useStats } from "#lib/api/use-stats";
import type { Team } from "#lib/api/use-teams";
import { dayMs, hourMs } from "#lib/time-units";
import { TeamActions } from "./team-actions";

export interface TeamDetailProps {
  team: Team;
  /** The ids of the list, in its order. */
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

/** All about one team: its use against its limits, and which of its keys used how much. */
export function TeamDetail({ team, neighbours, onOpen }: TeamDetailProps) {
  const t = useTranslations("teams");
  const isAdmin = useIsAdmin();
  const index = neighbours.indexOf(team.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  return (
    <DetailSheet
      label={t("detail.label", { name: team.name })}
      title={team.name}
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
      actions={isAdmin && <TeamActions team={team} />}
    >
      <BudgetSection of={team} />
      <TeamKeys team={team} />
      <DetailSection title={t("detail.facts")}>
        <FactList
          facts={[
            [t("columns.created"), <ExactTime key="created" time={team.created_at} />],
            [
              t("detail.id"),
              <span key="id" className="font-mono text-label break-all">
                {team.id}
              </span>,
            ],
          ]}
        />
        <div className="mt-3 flex flex-wrap gap-2">
          <ButtonLink variant="secondary" size="small" href={`/keys/?team=${encodeURIComponent(team.id)}`}>
            {t("actions.keys")}
          </ButtonLink>
          <ButtonLink variant="secondary" size="small" href="/usage/?group=team&subgroup=key">
            {t("actions.usage")}
          </ButtonLink>
          {isAdmin && (
            <ButtonLink
              variant="secondary"
              size="small"
              href={`/audit/?range=30d&subject=${encodeURIComponent(team.id)}`}
            >
              {t("detail.history")}
            </ButtonLink>
          )}
        </div>
      </DetailSection>
    </DetailSheet>
  );
}

const monthMs = 30 * dayMs;
const mostKeys = 20;

/** The keys that used most in the last 30 days; those that used nothing are only counted. */
function TeamKeys({ team }: { team: Team }) {
  const t = useTranslations("teams.detail");
  const thisHourMs = Math.floor(useNow({ updateInterval: 600_000 }).getTime() / hourMs) * hourMs;
  const { data } = useStats({
    fromMs: thisHourMs - monthMs,
    toMs: thisHourMs + hourMs,
    groupBy: "team",
    splitBy: "key",
  });
  if (team.key_ids.length === 0) {
    return (
      <DetailSection title={t("keys")}>
        <p className="text-small text-foreground-soft">{t("noKeys")}</p>
      </DetailSection>
    );
  }
  const used = (data?.rows ?? [])
    .filter(({ group, split }) => group === team.id && split !== null)
    .sort((one, other) => other.requests - one.requests)
    .slice(0, mostKeys);
  const rest = team.key_ids.length - used.length;
  return (
    <DetailSection title={t("keys")}>
      <ul className="divide-y text-small">
        {used.map(({ split, split_label: alias, requests }) => (
          <li key={split} className="flex items-center gap-3 py-1.5">
            <Link
              href={`/keys/?id=${encodeURIComponent(split ?? "")}`}
              className="min-w-0 flex-1 truncate text-accent hover:underline"
            >
              {alias ?? split}
            </Link>
            <span className="text-foreground-soft">
              {t.rich("requests", { count: requests, figure: () => <Count value={requests} /> })}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="pt-1.5 text-small text-foreground-soft">{t("others", { count: rest })}</p>}
    </DetailSection>
  );
}
