import type { GithubTokenView } from "@copilot-llm/gateway/admin-api";

interface PremiumQuotaSum {
  used: number;
  limit: number;
  /** ISO 8601; the first of the resets still to come, `null` when none is known. */
  nextReset: string | null;
}

/** The premium requests of all enabled tokens with a known quota; `null` when there is none such. */
export function sumPremiumQuota(tokens: readonly GithubTokenView[]): PremiumQuotaSum | null {
  const limited = tokens.filter(({ enabled, premium_quota_limit: limit }) => enabled && limit !== null);
  if (limited.length === 0) return null;
  const resets = limited.flatMap((token) => token.premium_quota_reset ?? []).sort();
  return {
    used: limited.reduce((sum, token) => sum + (token.premium_quota_used ?? 0), 0),
    limit: limited.reduce((sum, token) => sum + (token.premium_quota_limit ?? 0), 0),
    nextReset: resets[0] ?? null,
  };
}
