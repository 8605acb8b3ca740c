import type { GithubToken } from "#lib/api/use-github-tokens";
import type { StatsLine } from "#lib/api/use-stats";
import { nanoAiuPerCredit } from "#lib/use-figures";
import { projectQuota } from "../overview/project-quota";
import { tokenUnit } from "../tokens/token-quota";

/** What became of a token's quota in the running month. */
export interface Cycle {
  id: string;
  alias: string;
  unit: ReturnType<typeof tokenUnit>;
  limit: number;
  used: number;
  /** Of what was used, what this gateway counted. */
  here: number;
  elsewhere: number;
  left: number;
  /** At the pace so far; null while it is too early to tell. */
  lost: number | null;
  reset: string;
}

type CycleToken = Parameters<typeof tokenUnit>[0] &
  Pick<GithubToken, "id" | "alias" | "enabled" | "premium_quota_limit" | "premium_quota_used" | "premium_quota_reset">;

/** The cycles of the tokens that have a quota; `rows` are the month's sums by token. */
export function createCycles(
  tokens: readonly CycleToken[],
  rows: readonly StatsLine[],
  nowMs: number,
): readonly Cycle[] {
  return tokens.flatMap((token): Cycle[] => {
    const { id, alias, premium_quota_limit: limit, premium_quota_used: quotaUsed, premium_quota_reset: reset } = token;
    if (limit === null || limit <= 0 || reset === null) return [];
    const unit = tokenUnit(token);
    const row = rows.find(({ group }) => group === id);
    const counted = unit === "credits" ? (row?.nano_aiu ?? 0) / nanoAiuPerCredit : (row?.premium_units ?? 0);
    const used = quotaUsed ?? counted;
    const { lost } = projectQuota(used, limit, Date.parse(reset), nowMs);
    const elsewhere = Math.max(0, used - counted);
    return [{ id, alias, unit, limit, used, here: counted, elsewhere, left: Math.max(0, limit - used), lost, reset }];
  });
}
