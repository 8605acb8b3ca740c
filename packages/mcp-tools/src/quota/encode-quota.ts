import { premiumBucket, type QuotaSnapshot } from "@copilot-llm/model";
import type { KeyView, TokenView } from "@copilot-llm/provider";
import { keyLimits, limitAmount } from "@copilot-llm/quota";
import type { Quota, QuotaAccount, QuotaBucket } from "./quota-schema.js";

/** A pooled token with its quota as last seen. */
export interface AccountQuota {
  readonly view: TokenView;
  readonly quotas: readonly QuotaSnapshot[];
}

/** What tokens spend together: their premium bucket counts once. */
export interface SharedQuota extends Figures {
  readonly tokenIds: readonly string[];
}

type Figures = Pick<QuotaSnapshot, "unlimited" | "entitlement" | "remaining" | "overagePermitted" | "resetAtMs">;

/** The accounts as one pool: what is left adds up, the earliest reset counts. */
export function encodePool(accounts: readonly AccountQuota[], shared: readonly SharedQuota[] = []): Quota["pool"] {
  const pooled = shared.filter(({ tokenIds }) => accounts.some(({ view }) => tokenIds.includes(view.token.id)));
  const pooledIds = new Set(pooled.flatMap(({ tokenIds }) => tokenIds));
  const names = new Set(accounts.flatMap(({ quotas }) => quotas.map(({ bucket }) => bucket)));
  return {
    accounts: accounts.length,
    active: accounts.filter(({ view }) => view.state.status === "active").length,
    buckets: [...names].map((name) => {
      const isPooled = name === premiumBucket;
      const alone = accounts.filter(({ view }) => !isPooled || !pooledIds.has(view.token.id));
      const own = alone.flatMap(({ quotas }) => quotas.filter(({ bucket }) => bucket === name));
      return sumBuckets(name, isPooled ? [...own, ...pooled] : own);
    }),
  };
}

export function encodeAccount({ view, quotas }: AccountQuota): QuotaAccount {
  const { token, state, facts } = view;
  return {
    alias: token.alias,
    login: token.login,
    plan: token.plan,
    status: state.status,
    problem: "reason" in state ? state.reason : facts.problem,
    buckets: quotas.map((quota) => sumBuckets(quota.bucket, [quota])),
  };
}

/** The limits that are set, each with what is used of it. */
export function encodeKey({ key, usage }: KeyView): Quota["key"] {
  const { limits } = key;
  const used = usage?.[limits.limitPeriod];
  return {
    alias: key.alias,
    limit_period: limits.limitPeriod,
    limits: keyLimits.flatMap(({ field, name, unit, window }) => {
      const max = limits[field];
      if (max === null) return [];
      return [{ limit: name, max, used: window === "period" ? limitAmount(unit, used?.[unit] ?? 0) : null }];
    }),
  };
}

function sumBuckets(bucket: string, quotas: readonly Figures[]): QuotaBucket {
  const unlimited = quotas.some((quota) => quota.unlimited);
  const resets = quotas.flatMap(({ resetAtMs }) => resetAtMs ?? []);
  return {
    bucket,
    unlimited,
    entitlement: unlimited ? null : sumKnown(quotas.map((quota) => quota.entitlement)),
    remaining: unlimited ? null : sumKnown(quotas.map(({ remaining }) => remaining && Math.max(0, remaining))),
    overage_permitted: quotas.some((quota) => quota.overagePermitted),
    resets_at: resets.length === 0 ? null : new Date(Math.min(...resets)).toISOString(),
  };
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
