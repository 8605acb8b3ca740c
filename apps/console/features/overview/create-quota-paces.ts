import type { GithubToken } from "#lib/api/use-github-tokens";
import type { QuotaForecast } from "#lib/api/use-quota-forecast";
import { tokenUnit } from "../tokens/token-quota";
import { projectQuota, type QuotaProjection } from "./project-quota";

/** Where one quota stands, and where it ends. */
export interface QuotaPace extends Pick<QuotaProjection, "projected" | "lost"> {
  name: string;
  /** A token that draws on it. */
  tokenId: string;
  unit: ReturnType<typeof tokenUnit>;
  used: number;
  limit: number;
  reset: string;
  /** Whether the gateway foretold its end; else it is drawn on at the pace so far. */
  isForetold: boolean;
}

type PaceToken = Parameters<typeof tokenUnit>[0] &
  Pick<GithubToken, "id" | "alias" | "enabled" | "premium_quota_limit" | "premium_quota_used" | "premium_quota_reset">;

/** The quotas of the enabled tokens: one for each payer that the forecast has figures for, and one for each other token. */
export function createQuotaPaces(
  tokens: readonly PaceToken[],
  forecast: Pick<QuotaForecast, "entities"> | undefined,
  nowMs: number,
): readonly QuotaPace[] {
  const enabled = tokens.filter((token) => token.enabled);
  const foretold = new Set<string>();
  const paces = (forecast?.entities ?? []).flatMap((entity): QuotaPace[] => {
    const {
      unit,
      entitlement: limit,
      used,
      reset_at: reset,
      projected_used_at_reset: end,
      projected_waste: waste,
    } = entity;
    const own = enabled.filter(({ id }) => entity.token_ids.includes(id));
    const [first] = own;
    if (first === undefined || unit === null || limit === null || limit <= 0) return [];
    if (used === null || reset === null || end === null || waste === null) return [];
    for (const { id } of own) foretold.add(id);
    const name = own.length === 1 ? first.alias : entity.name;
    const projected = Math.min(limit, end.expected);
    return [{ name, tokenId: first.id, unit, used, limit, reset, projected, lost: waste.expected, isForetold: true }];
  });
  const others = enabled.flatMap((token): QuotaPace[] => {
    const { id, alias, premium_quota_limit: limit, premium_quota_used: used, premium_quota_reset: reset } = token;
    if (foretold.has(id) || limit === null || limit <= 0 || reset === null) return [];
    const { projected, lost } = projectQuota(used ?? 0, limit, Date.parse(reset), nowMs);
    const unit = tokenUnit(token);
    return [{ name: alias, tokenId: id, unit, used: used ?? 0, limit, reset, projected, lost, isForetold: false }];
  });
  return [...paces, ...others];
}
