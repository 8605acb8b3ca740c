import type { ApiKey, Team } from "@copilot-llm/model";
import type {
  StatisticsFigures,
  StatisticsGrouping,
  StatisticsReport,
  StatisticsRow,
  Stores,
} from "@copilot-llm/stores";

export interface TeamStatisticsQuery {
  readonly fromMs: number;
  readonly toMs: number;
  /** `key`: each team's keys. */
  readonly splitBy?: StatisticsGrouping;
  readonly withOutputRates?: boolean;
}

/**
 * Sums by team: of the keys that are in it now, whatever team they were in before. Percentiles of several keys are not
 * known from those of each; they are null there.
 */
export async function reportByTeam(
  stores: Pick<Stores, "statistics" | "teams" | "keys">,
  { splitBy, ...range }: TeamStatisticsQuery,
): Promise<StatisticsReport> {
  const byKey = { ...range, groupBy: "key" } as const;
  const query = splitBy === undefined || splitBy === "key" ? byKey : { ...byKey, splitBy };
  const [report, teams, keys] = await Promise.all([
    stores.statistics.report(query),
    stores.teams.list(),
    stores.keys.list(),
  ]);
  const teamOf = teamsByKey(teams, keys);
  const rows = new Map<string, StatisticsRow>();
  for (const row of report.rows) {
    const team = (row.group === null ? undefined : teamOf.get(row.group)) ?? null;
    const split =
      splitBy === "key"
        ? { split: row.group, splitLabel: row.label }
        : { split: row.split, splitLabel: row.splitLabel };
    const name = `${team?.id ?? ""}\0${split.split ?? ""}`;
    const known = rows.get(name);
    const figures = known === undefined ? row : addFigures(known, row);
    rows.set(name, { ...figures, group: team?.id ?? null, label: team?.name ?? null, ...split });
  }
  return { totals: report.totals, rows: [...rows.values()] };
}

function teamsByKey(teams: readonly Team[], keys: readonly ApiKey[]): ReadonlyMap<string, Team> {
  const byId = new Map(teams.map((team) => [team.id, team]));
  return new Map(
    keys.flatMap(({ id, teamId }) => {
      const team = teamId === null ? undefined : byId.get(teamId);
      return team === undefined ? [] : [[id, team] as const];
    }),
  );
}

/** Of several, percentiles are not known from those of each: they are null. */
export function addFigures(one: StatisticsFigures, other: StatisticsFigures): StatisticsFigures {
  return {
    requests: one.requests + other.requests,
    errors: one.errors + other.errors,
    aborted: one.aborted + other.aborted,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    reasoningTokens: one.reasoningTokens + other.reasoningTokens,
    premiumUnits: addUnits(one.premiumUnits, other.premiumUnits),
    nanoAiu: one.nanoAiu + other.nanoAiu,
    unknownUsage: one.unknownUsage + other.unknownUsage,
    batchPremiumUnits: addUnits(one.batchPremiumUnits, other.batchPremiumUnits),
    batchNanoAiu: one.batchNanoAiu + other.batchNanoAiu,
    latencyP50Ms: null,
    latencyP95Ms: null,
    latencyP99Ms: null,
    timeToFirstTokenP50Ms: null,
    timeToFirstTokenP95Ms: null,
    timeToFirstTokenP99Ms: null,
    outputTokensPerSecondP50: null,
  };
}

/** Without the crumbs of binary fractions. */
function addUnits(one: number, other: number): number {
  return Math.round((one + other) * 1e6) / 1e6;
}
