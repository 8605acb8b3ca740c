import type { Upstream } from "@copilot-llm/copilot";
import type { TokenStatus } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { StoreHealth } from "@copilot-llm/stores";

export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** How it goes right now. */
export interface ProviderStatus {
  readonly readiness: Readiness;
  /** How many tokens are in each state. */
  readonly tokens: Readonly<Record<TokenStatus, number>>;
  /** Requests under way on tokens. */
  readonly running: number;
  /** Requests that wait for a place on a token. */
  readonly waiting: number;
  readonly store: StoreHealth;
  /** GitHub's runtime processes that ended by themselves since the start. */
  readonly runtimesLost: number;
}

/** Whether a token can serve, and what is served can be recorded. */
export function readReadiness(pool: Pick<Pool, "canServe">, store: StoreHealth): Readiness {
  if (!store.ok) return { ready: false, reason: store.reason };
  return pool.canServe() ? { ready: true } : { ready: false, reason: "No GitHub token can serve requests." };
}

export function readStatus(
  pool: Pick<Pool, "canServe" | "tokens" | "waiting">,
  store: StoreHealth,
  { runtimesLost }: Pick<Upstream, "runtimesLost">,
): ProviderStatus {
  const tokens = { checking: 0, active: 0, cooling: 0, exhausted: 0, auth_failed: 0, disabled: 0 };
  let running = 0;
  for (const { state, inFlight } of pool.tokens()) {
    tokens[state.status] += 1;
    running += inFlight;
  }
  return { readiness: readReadiness(pool, store), tokens, running, waiting: pool.waiting, store, runtimesLost };
}
