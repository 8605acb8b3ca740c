import type { QuotaSnapshot, QuotaUnit, TokenStatus, UpstreamFailureKind } from "@copilot-llm/model";
import type { Pool, TokenView } from "@copilot-llm/pool";
import type { Accounts } from "../accounts/accounts.js";

/** What the pool knows of a token beside its state and its quotas. */
export interface TokenInsight {
  readonly status: TokenStatus;
  /** What its premium bucket counts; null while nothing says so. */
  readonly unit: QuotaUnit | null;
  /** The failure behind its state, or behind its last check; null where there is none, or nobody told. */
  readonly reasonCode: UpstreamFailureKind | null;
  /** Requests that it serves now. */
  readonly running: number;
  /** As last seen. */
  readonly quotas: readonly QuotaSnapshot[];
  /** Models that rest on this token alone. */
  readonly restingModels: TokenView["restingModels"];
}

/** By token id. */
export function readTokenInsights(
  pool: Pick<Pool, "tokens">,
  accounts: Pick<Accounts, "facts">,
): ReadonlyMap<string, TokenInsight> {
  return new Map(
    pool.tokens().map(({ id, unit, cause, state, inFlight, quotas, restingModels }) => {
      const isUnserving = state.status !== "active" && state.status !== "disabled";
      const reasonCode = cause ?? (isUnserving ? accounts.facts(id).problemKind : null);
      return [id, { status: state.status, unit, reasonCode, running: inFlight, quotas, restingModels }];
    }),
  );
}
