import type { GithubToken } from "#lib/api/use-github-tokens";
import type { QuotaForecast } from "#lib/api/use-quota-forecast";
import { tokenUnit } from "../tokens/token-quota";
import { payerName } from "../usage/payer-name";
import { projectQuota, type QuotaProjection } from "./project-quota";

/** Where one quota stands, and where it ends. */
export interface QuotaPace extends Pick<QuotaProjection, "projected" | "lost"> {
  name: string;
  /** A token that draws on it. */
  tokenId: string;
  unit: ReturnType<typeof tokenUnit>;
  used: number;
  limit: number;
  /** Null while it is not known: then nothing is told of its end. */
  reset: string | null;
  /** Whether the gateway foretold its end; else it is drawn on at the pace so far. */
  isForetold: boolean;
}

type PaceToken = Parameters<typeof tokenUnit>[0] &
  Pick<GithubToken, "id" | "alias" | "enabled" | "premium_quota_limit" | "premium_quota_used" | "premium_quota_reset">;

/** The quotas of the enabled tokens: one for each payer of which the forecast knows how much is used, and one for each other token. */
export function createQuotaPaces(
  tokens: readonly PaceToken[],
  forecast: Pick<QuotaForecast, "entities"> | undefined,
  nowMs: number,
): readonly QuotaPace[] {
  const enabled = tokens.filter((token) => token.enabled);
  const told = new Set<string>();
  const paces = (forecast?.entities ?? []).flatMap((entity): QuotaPace[] => {
    const { entitlement: limit, used, reset_at: reset, projected_used_at_reset: end, projected_waste: waste } = entity;
    const own = enabled.filter(({ id }) => entity.token_ids.includes(id));
    const [first] = own;
    if (first === undefined || limit === null || limit <= 0 || used === null) return [];
    for (const { id } of own) told.add(id);
    const quota = {
      name: payerName(
        entity.name,
        tokens.filter(({ id }) => entity.token_ids.includes(id)),
      ),
      tokenId: first.id,
      unit: entity.unit ?? tokenUnit(first),
      used,
      limit,
      reset,
    };
    if (reset === null || end === null || waste === null) return [{ ...quota, ...endAtPace(quota, nowMs) }];
    return [{ ...quota, projected: Math.min(limit, end.expected), lost: waste.expected, isForetold: true }];
  });
  const others = enabled.flatMap((token): QuotaPace[] => {
    const { id, alias, premium_quota_limit: limit, premium_quota_used: used, premium_quota_reset: reset } = token;
    if (told.has(id) || limit === null || limit <= 0) return [];
    const quota = { name: alias, tokenId: id, unit: tokenUnit(token), used: used ?? 0, limit, reset };
    return [{ ...quota, ...endAtPace(quota, nowMs) }];
  });
  return [...paces, ...others];
}

function endAtPace(
  { used, limit, reset }: Pick<QuotaPace, "used" | "limit" | "reset">,
  nowMs: number,
): Pick<QuotaPace, "projected" | "lost" | "isForetold"> {
  if (reset === null) return { projected: null, lost: null, isForetold: false };
  const { projected, lost } = projectQuota(used, limit, Date.parse(reset), nowMs);
  return { projected, lost, isForetold: false };
}
