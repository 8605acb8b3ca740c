import { type ApiKey, dayMs, premiumBucket, type QuotaSnapshot, type QuotaUnit, windowEndMs } from "@copilot-llm/model";
import { keyBudgets, limitAmount } from "@copilot-llm/quota";
import type { KeyUsage } from "@copilot-llm/stores";
import type { Alert, AlertSeverity, KeyBudgetUse, PoolQuota, QuotaFigures } from "../changes/alert.js";
import { keyStanding } from "../identity/key-standing.js";
import type { KeyView } from "./key-admin.js";
import type { ProviderStatus } from "./provider-status.js";
import type { Traffic } from "./read-traffic.js";
import type { TokenInsight } from "./token-insights.js";
import type { TokenQuota, TokenView } from "./token-views.js";
import { trafficAlerts } from "./traffic-alerts.js";

export interface AlertSources {
  readonly status: ProviderStatus;
  readonly tokens: readonly TokenView[];
  readonly insights: ReadonlyMap<string, TokenInsight>;
  readonly quotas: readonly TokenQuota[];
  readonly keys: readonly KeyView[];
  readonly traffic: Traffic;
  readonly nowMs: number;
}

/** Used up to this part, a quota is low and a key near its limit. */
const lowShare = 0.9;
const expiringWithinMs = 7 * dayMs;
/** The buckets that keep requests from being served; the others are the editors'. */
const watchedBuckets: ReadonlySet<string> = new Set([premiumBucket, "session", "weekly"]);
const order: Readonly<Record<AlertSeverity, number>> = { critical: 0, warning: 1, info: 2 };

/** The gravest first. */
export function findAlerts(sources: AlertSources): readonly Alert[] {
  const alerts = [
    ...serviceAlerts(sources),
    ...trafficAlerts(sources.traffic, sources.nowMs),
    ...tokenAlerts(sources),
    ...poolQuotaAlerts(sources),
    ...quotaAlerts(sources),
    ...keyAlerts(sources),
  ];
  return alerts.sort((one, other) => order[one.severity] - order[other.severity]);
}

/** What can be told even while nothing can be read of the stores. */
export function serviceAlerts({ status, tokens }: Pick<AlertSources, "status" | "tokens">): readonly Alert[] {
  if (!status.store.ok) return [{ severity: "critical", code: "store_failing", reason: status.store.reason }];
  const isServing = status.readiness.ready || tokens.length === 0;
  return isServing ? [] : [{ severity: "critical", code: "no_token_serves" }];
}

function tokenAlerts({ tokens }: AlertSources): readonly Alert[] {
  return tokens.flatMap(({ token: { id, alias }, state }): readonly Alert[] => {
    const token = { id, alias };
    if (state.status === "auth_failed") {
      return [{ severity: "critical", code: "token_refused", token, reason: state.reason }];
    }
    if (state.status !== "exhausted") return [];
    return [{ severity: "warning", code: "token_exhausted", token, resetsAtMs: state.untilMs }];
  });
}

/** All tokens together, by unit. With an unlimited one among them nothing is low. */
function poolQuotaAlerts({ tokens, quotas, insights }: AlertSources): readonly Alert[] {
  const counted = new Set(
    tokens
      .filter(({ state }) => state.status !== "disabled" && state.status !== "auth_failed")
      .map(({ token }) => token.id),
  );
  const sums = new Map<QuotaUnit, PoolQuota & { readonly isUnlimited: boolean }>();
  for (const { token, quotas: buckets } of quotas) {
    const unit = insights.get(token.id)?.unit ?? null;
    const premium = buckets.find(({ bucket }) => bucket === premiumBucket);
    if (!counted.has(token.id) || unit === null || premium === undefined) continue;
    const sum = sums.get(unit) ?? { unit, remaining: 0, entitlement: 0, resetsAtMs: null, isUnlimited: false };
    sums.set(unit, {
      unit,
      remaining: sum.remaining + Math.max(0, premium.remaining ?? 0),
      entitlement: sum.entitlement + (premium.entitlement ?? 0),
      resetsAtMs: earlier(sum.resetsAtMs, premium.resetAtMs),
      isUnlimited: sum.isUnlimited || premium.unlimited || premium.entitlement === null || premium.remaining === null,
    });
  }
  return Array.from(sums.values()).flatMap(({ isUnlimited, ...sum }): readonly Alert[] => {
    const isLow = !isUnlimited && sum.entitlement > 0 && isNearlyUsed(sum.entitlement - sum.remaining, sum.entitlement);
    return isLow ? [{ severity: "warning", code: "pool_quota_low", ...sum }] : [];
  });
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function isNearlyUsed(used: number, entitlement: number): boolean {
  return used >= lowShare * entitlement;
}

function quotaAlerts({ tokens, quotas, insights }: AlertSources): readonly Alert[] {
  const active = new Set(tokens.filter(({ state }) => state.status === "active").map(({ token }) => token.id));
  return quotas
    .filter(({ token }) => active.has(token.id))
    .flatMap(({ token: { id, alias }, quotas: buckets }) =>
      buckets.flatMap((bucket): readonly Alert[] => {
        const figures = lowFigures(bucket, insights.get(id)?.unit ?? null);
        return figures === null ? [] : [{ severity: "warning", code: "quota_low", token: { id, alias }, ...figures }];
      }),
    );
}

function lowFigures(quota: QuotaSnapshot, unit: TokenInsight["unit"]): QuotaFigures | null {
  const { bucket, entitlement, remaining, resetAtMs } = quota;
  if (!watchedBuckets.has(bucket) || entitlement === null || entitlement === 0 || remaining === null) return null;
  const used = entitlement - remaining;
  if (!isNearlyUsed(used, entitlement)) return null;
  return { bucket, used, entitlement, unit: bucket === premiumBucket ? unit : null, resetsAtMs: resetAtMs };
}

function keyAlerts({ keys, nowMs }: AlertSources): readonly Alert[] {
  return keys.flatMap(({ key, usage }): readonly Alert[] => {
    const subject = { id: key.id, alias: key.alias };
    const { state, limitedBy, resetsAtMs } = keyStanding(key, usage, nowMs);
    if (state === "limited" && limitedBy !== null) {
      return [{ severity: "warning", code: "key_limited", key: subject, limit: limitedBy, resetsAtMs }];
    }
    if (state !== "active") return [];
    const use = nearestLimit(key, usage, nowMs);
    const near: Alert | null = use === null ? null : { severity: "info", code: "key_near_limit", key: subject, ...use };
    const { expiresAtMs } = key;
    const isExpiring = expiresAtMs !== null && expiresAtMs - nowMs <= expiringWithinMs;
    return [
      ...(near === null ? [] : [near]),
      ...(isExpiring ? [{ severity: "info", code: "key_expiring", key: subject, expiresAtMs } as const] : []),
    ];
  });
}

/** The budget that is nearly used up; of several the one that is used up most. */
function nearestLimit({ limits }: ApiKey, usage: KeyUsage | null, nowMs: number): KeyBudgetUse | null {
  const { limitPeriod } = limits;
  const charged = usage?.[limitPeriod];
  if (charged === undefined) return null;
  const near = keyBudgets
    .flatMap(({ field, unit }) => {
      const allowed = limits[field];
      return allowed === null ? [] : [{ limit: field, used: limitAmount(unit, charged[unit]), allowed }];
    })
    .filter(({ used, allowed }) => isNearlyUsed(used, allowed))
    .sort((one, other) => other.used / other.allowed - one.used / one.allowed);
  return near[0] === undefined ? null : { ...near[0], resetsAtMs: windowEndMs(limitPeriod, nowMs) };
}
