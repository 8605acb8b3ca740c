import { type Account, firstOfNextMonth } from "./account.js";
import { poolFigures } from "./billing-entity.js";

/** One entry of `quota_snapshots`, in the service's own field names. */
export interface QuotaSnapshot {
  readonly entitlement: number;
  readonly remaining: number;
  readonly quota_remaining: number;
  readonly percent_remaining: number;
  readonly unlimited: boolean;
  readonly overage_count: number;
  readonly overage_permitted: boolean;
  readonly quota_id: string;
  readonly timestamp_utc: string;
  readonly has_quota: boolean;
  readonly quota_reset_at: number;
  readonly token_based_billing: boolean;
}

const nanoAiuPerCredit = 1e9;
const freeChatEntitlement = 50;
const freeCompletionsEntitlement = 2000;

/** Starts a new period, for the whole pool, when the reset moment has passed. Call before reading or spending quota. */
export function applyQuotaReset(account: Account, nowMs: number): void {
  if (nowMs < account.quotaResetAtMs) return;
  for (const seat of account.entity?.seats ?? [account]) {
    seat.usedHundredths = 0;
    seat.usedNanoAiu = 0;
    seat.chatUsed = 0;
    seat.quotaResetAtMs = firstOfNextMonth(nowMs);
  }
  if (account.entity !== undefined) account.entity.usedElsewhereNanoAiu = 0;
}

/** Premium requests or AI credits that the account itself used in this period. */
function usedPremium(account: Account): number {
  return account.billing === "premium" ? account.usedHundredths / 100 : account.usedNanoAiu / nanoAiuPerCredit;
}

/** Sets what has been used, in premium requests or AI credits. */
export function setUsedPremium(account: Account, used: number): void {
  account.usedHundredths = account.billing === "premium" ? Math.round(used * 100) : 0;
  account.usedNanoAiu = account.billing === "credits" ? Math.round(used * nanoAiuPerCredit) : 0;
}

/** True when a request that costs something must be refused with 402: the pool is empty, or the person's own budget. */
export function isQuotaExhausted(account: Account): boolean {
  const { personalBudget, entity } = account;
  const hasBudget = personalBudget !== undefined && personalBudget >= 0;
  if (hasBudget && usedPremium(account) >= personalBudget) return true;
  const { entitlement, used } = entity === undefined ? ownFigures(account) : poolFigures(entity);
  return entitlement >= 0 && !isOveragePermitted(account) && used >= entitlement;
}

/** In an organisation the pool goes into overage as a whole. */
function isOveragePermitted({ overagePermitted, entity }: Account): boolean {
  return overagePermitted || (entity?.overagePermitted ?? false);
}

function ownFigures(account: Account) {
  return { entitlement: account.entitlement, used: usedPremium(account) };
}

/** The three snapshots of `/copilot_internal/user`. Every seat of a pool shows the pool's figures, unless it was told otherwise. */
export function quotaSnapshots(account: Account, nowMs: number): Record<string, QuotaSnapshot> {
  const snapshot = (quotaId: string, entitlement: number, used: number): QuotaSnapshot => {
    const unlimited = entitlement < 0;
    const remaining = unlimited ? 0 : round(entitlement - used);
    const percent = unlimited ? 100 : entitlement === 0 ? 0 : round((remaining / entitlement) * 100);
    return {
      entitlement,
      remaining,
      quota_remaining: remaining,
      percent_remaining: percent,
      unlimited,
      overage_count: unlimited ? 0 : round(Math.max(0, used - entitlement)),
      overage_permitted: isOveragePermitted(account),
      quota_id: quotaId,
      timestamp_utc: new Date(nowMs).toISOString(),
      has_quota: quotaId === "premium_interactions" ? !isQuotaExhausted(account) : unlimited || remaining > 0,
      quota_reset_at: Math.floor(account.quotaResetAtMs / 1000),
      token_based_billing: account.billing === "credits",
    };
  };
  const free = account.plan === "free";
  const { entity } = account;
  const shown = entity?.shows === "pool" ? poolFigures(entity) : ownFigures(account);
  return {
    chat: snapshot("chat", free ? freeChatEntitlement : -1, account.chatUsed),
    completions: snapshot("completions", free ? freeCompletionsEntitlement : -1, 0),
    premium_interactions: snapshot("premium_interactions", shown.entitlement, shown.used),
  };
}

/** `x-quota-snapshot-*` and `x-usage-ratelimit-*`: percentages in `rem`, the absolute rest in `totRem`, times in `rst`. */
export function quotaHeaders(account: Account, nowMs: number): Record<string, string> {
  const snapshots = quotaSnapshots(account, nowMs);
  const encode = (snapshot: QuotaSnapshot | undefined): string =>
    snapshot === undefined
      ? ""
      : new URLSearchParams({
          ent: String(snapshot.entitlement),
          ov: snapshot.overage_count.toFixed(1),
          ovPerm: String(snapshot.overage_permitted),
          rem: Math.max(0, snapshot.percent_remaining).toFixed(1),
          rst: isoSeconds(account.quotaResetAtMs),
          totRem: snapshot.remaining.toFixed(1),
        }).toString();
  const window = (durationMs: number): string =>
    new URLSearchParams({
      ent: "0",
      ov: "0.0",
      ovPerm: "false",
      rem: "99.0",
      rst: isoSeconds(Math.ceil((nowMs + 1) / durationMs) * durationMs),
    }).toString();
  const premium = encode(snapshots.premium_interactions);
  return {
    "x-quota-snapshot-chat": encode(snapshots.chat),
    "x-quota-snapshot-premium_models": premium,
    "x-quota-snapshot-premium_interactions": premium,
    "x-usage-ratelimit-session": window(5 * 3_600_000),
    "x-usage-ratelimit-weekly": window(7 * 86_400_000),
  };
}

function isoSeconds(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
