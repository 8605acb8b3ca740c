import { type ApiKey, type ClaimUsage, GatewayError, type LimitWindow, type Team } from "@copilot-llm/model";
import { limitAmount } from "./limit-amount.js";
import { limitOfClaim } from "./limit-claims.js";

/** A place is free as soon as a request under way ends; this is a polite guess. */
const concurrencyRetryMs = 1_000;

const spans: Readonly<Record<LimitWindow, string>> = {
  lifetime: "in all",
  day: "per day",
  month: "per month",
  minute: "per minute",
  open: "at a time",
};

/**
 * The error for a claim that the ledger refused: `budget_exhausted` for what is counted by the day, the month or in all,
 * `limit_exceeded` for rates and concurrency. Names the limit, its value, what is used and when it resets;
 * `retryAfterMs` is null for a limit that time does not reset.
 */
export function refusal(refused: ClaimUsage, key: ApiKey, team: Team | null, nowMs: number): GatewayError {
  const { claim, used, resetAtMs } = refused;
  const { name, noun, unit } = limitOfClaim(claim);
  const limit = figure(limitAmount(unit, claim.limit));
  const usedOfIt = figure(limitAmount(unit, used));
  const message =
    `${claim.isOfTeam === true ? `The team "${team?.name}"` : `The API key "${key.alias}"`} may use ${limit} ${noun} ${spans[claim.window]} (${name}: ${limit}); ` +
    `${usedOfIt} ${claim.window === "open" ? "are under way" : "are used"}. ${advice(refused)}`;
  const details = {
    limit: name,
    ...(claim.isOfTeam === true ? { team: team?.name ?? null } : {}),
    value: Number(limit),
    used: Number(usedOfIt),
    resets_at: resetAtMs === null ? null : new Date(resetAtMs).toISOString(),
  };
  const retryAfterMs = claim.window === "open" ? concurrencyRetryMs : resetAtMs === null ? null : resetAtMs - nowMs;
  const code = isRate(claim.window) ? "limit_exceeded" : "budget_exhausted";
  if (retryAfterMs === null) return new GatewayError(code, message, { details });
  return new GatewayError(code, message, { details, retryAfterMs: Math.max(0, retryAfterMs) });
}

/** What a client gets over by waiting a little. */
function isRate(window: LimitWindow): boolean {
  return window === "minute" || window === "open";
}

function advice({ claim, resetAtMs }: ClaimUsage): string {
  if (claim.window === "open") return "Try again when one of them has ended.";
  if (resetAtMs === null) return "The limit does not reset; ask an administrator to raise it.";
  return `It resets at ${new Date(resetAtMs).toISOString()}.`;
}

/** At most 6 decimals, no trailing zeros. */
function figure(value: number): string {
  return String(Number(value.toFixed(6)));
}
