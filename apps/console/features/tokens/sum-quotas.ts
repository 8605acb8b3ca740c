import type { GithubToken } from "#lib/api/use-github-tokens";
import { tokenUnit } from "./token-quota";

interface QuotaSum {
  unit: ReturnType<typeof tokenUnit>;
  used: number;
  limit: number;
  /** ISO 8601; the first of the resets still to come, null when none is known. */
  nextReset: string | null;
}

/** The quotas of all enabled tokens, a sum for each unit: premium requests and credits are never added up. */
export function sumQuotas(tokens: readonly GithubToken[]): readonly QuotaSum[] {
  const sums = new Map<QuotaSum["unit"], QuotaSum>();
  for (const token of tokens) {
    const { enabled, premium_quota_limit: limit, premium_quota_used: used, premium_quota_reset: reset } = token;
    if (!enabled || limit === null) continue;
    const unit = tokenUnit(token);
    const sum = sums.get(unit) ?? { unit, used: 0, limit: 0, nextReset: null };
    sum.used += used ?? 0;
    sum.limit += limit;
    if (reset !== null && (sum.nextReset === null || reset < sum.nextReset)) sum.nextReset = reset;
    sums.set(unit, sum);
  }
  return [...sums.values()];
}
