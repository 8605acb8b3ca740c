import { premiumBucket, type QuotaSnapshot } from "@copilot-llm/model";
import type { BudgetField } from "@copilot-llm/quota";
import type { KeyView } from "./key-admin.js";
import { keyStanding } from "./key-standing.js";
import type { ProviderStatus } from "./provider-status.js";
import type { TokenQuota, TokenView } from "./token-admin.js";
import type { TokenInsight } from "./token-insights.js";

export type AlertSeverity = "critical" | "warning" | "info";

/** What wants an operator's attention, without words: whoever shows it finds them by its code. */
export type Alert = { readonly severity: AlertSeverity } & (
  | { readonly code: "store_failing"; readonly reason: string }
  | { readonly code: "no_token_serves" }
  | (AboutToken & { readonly code: "token_refused"; readonly reason: string })
  | (AboutToken & { readonly code: "token_exhausted"; readonly resetsAtMs: number | null })
  | (AboutToken & { readonly code: "quota_low" } & QuotaFigures)
  | (AboutKey & { readonly code: "key_limited"; readonly limit: BudgetField; readonly resetsAtMs: number | null })
  | (AboutKey & { readonly code: "key_expiring"; readonly expiresAtMs: number })
);

interface AboutToken {
  readonly token: { readonly id: string; readonly alias: string };
}

interface AboutKey {
  readonly key: { readonly id: string; readonly alias: string };
}

interface QuotaFigures {
  readonly bucket: string;
  readonly used: number;
  readonly entitlement: number;
  /** Null where a bucket is told in percent, or nothing says what it counts. */
  readonly unit: TokenInsight["unit"];
  readonly resetsAtMs: number | null;
}

export interface AlertSources {
  readonly status: ProviderStatus;
  readonly tokens: readonly TokenView[];
  readonly insights: ReadonlyMap<string, TokenInsight>;
  readonly quotas: readonly TokenQuota[];
  readonly keys: readonly KeyView[];
  readonly nowMs: number;
}

/** Used up to this part, a quota is low. */
const lowShare = 0.9;
const expiringWithinMs = 7 * 24 * 60 * 60_000;
/** The buckets that keep requests from being served; the others are the editors'. */
const watchedBuckets: ReadonlySet<string> = new Set([premiumBucket, "session", "weekly"]);
const order: Readonly<Record<AlertSeverity, number>> = { critical: 0, warning: 1, info: 2 };

/** The gravest first. */
export function findAlerts(sources: AlertSources): readonly Alert[] {
  const alerts = [...serviceAlerts(sources), ...tokenAlerts(sources), ...quotaAlerts(sources), ...keyAlerts(sources)];
  return alerts.sort((one, other) => order[one.severity] - order[other.severity]);
}

function serviceAlerts({ status, tokens }: AlertSources): readonly Alert[] {
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
  if (used < lowShare * entitlement) return null;
  return { bucket, used, entitlement, unit: bucket === premiumBucket ? unit : null, resetsAtMs: resetAtMs };
}

function keyAlerts({ keys, nowMs }: AlertSources): readonly Alert[] {
  return keys.flatMap(({ key, usage }): readonly Alert[] => {
    const subject = { id: key.id, alias: key.alias };
    const { state, limitedBy, resetsAtMs } = keyStanding(key, usage, nowMs);
    if (state === "limited" && limitedBy !== null) {
      return [{ severity: "info", code: "key_limited", key: subject, limit: limitedBy, resetsAtMs }];
    }
    const { expiresAtMs } = key;
    if (state !== "active" || expiresAtMs === null || expiresAtMs - nowMs > expiringWithinMs) return [];
    return [{ severity: "info", code: "key_expiring", key: subject, expiresAtMs }];
  });
}
