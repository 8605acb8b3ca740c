import { type ApiKey, type ClaimUsage, type Clock, GatewayError, type LimitClaim } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import { estimateCharges, limitClaims, refusal, teamClaims } from "@copilot-llm/quota";
import type { Stores } from "@copilot-llm/stores";
import type { TeamDirectory } from "../teams/team-directory.js";
import type { Admitted } from "./admit-request.js";

export interface ReserveOptions {
  readonly stores: Pick<Stores, "health" | "ledger">;
  readonly pool: Pick<Pool, "billedModels">;
  readonly teams: Pick<TeamDirectory, "teamOf">;
  readonly clock: Pick<Clock, "nowMs">;
  /** While requests cannot be recorded: true serves them all the same, false refuses them. */
  readonly servesUnrecorded: boolean;
}

/** How a key's budgets stand with the request counted in. */
export interface Reserved {
  /** Empty for a key without limits. */
  readonly usage: readonly ClaimUsage[];
  /** `budget_exhausted` or `limit_exceeded` when one had no room: nothing is reserved then. */
  readonly refusal: GatewayError | null;
}

/**
 * Takes the request's estimate from the key's budgets and its team's, all or nothing. Without limits nothing is reserved. Rejects
 * with `unavailable` while requests cannot be recorded, unless they are to be served all the same.
 */
export type ReserveLimits = (admitted: Admitted, startedAtMs: number) => Promise<Reserved>;

const unlimited: Reserved = { usage: [], refusal: null };

export function createReserveLimits({ stores, pool, teams, clock, servesUnrecorded }: ReserveOptions): ReserveLimits {
  /** Until its key is changed, which makes another object of it. */
  const claimsByKey = new WeakMap<ApiKey, readonly LimitClaim[]>();

  const claimsOf = (key: ApiKey): readonly LimitClaim[] => {
    const known = claimsByKey.get(key);
    if (known !== undefined) return known;
    const claims = limitClaims(key);
    claimsByKey.set(key, claims);
    return claims;
  };

  return async ({ call, key, peek, model, onlyTokenIds }, startedAtMs) => {
    const health = stores.health();
    if (!health.ok && !servesUnrecorded) {
      throw new GatewayError("unavailable", "The gateway cannot record requests at the moment.", {
        cause: health.reason,
      });
    }
    if (key === null || call.operation === "count_tokens") return unlimited;
    const found = key.teamId === null ? null : await teams.teamOf(key);
    const own = claimsOf(key);
    const claims = found === null ? own : [...own, ...teamClaims(found.team)];
    if (claims.length === 0) return unlimited;
    const reservation = {
      id: call.requestId,
      keyId: key.id,
      atMs: startedAtMs,
      amounts: estimateCharges({
        models: pool.billedModels(model.id, onlyTokenIds),
        initiator: peek.initiator,
        promptBytes: call.body.length,
        maxOutputTokens: peek.maxOutputTokens,
      }),
      claims,
    };
    const result = await stores.ledger.reserve(
      found === null ? reservation : { ...reservation, team: { id: found.team.id, keyIds: found.keyIds } },
    );
    const refused = result.granted ? null : refusal(result.refused, key, found?.team ?? null, clock.nowMs());
    return { usage: result.usage, refusal: refused };
  };
}
