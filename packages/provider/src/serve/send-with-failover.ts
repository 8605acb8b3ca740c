import type { UpstreamAccount, UpstreamAnswer, UpstreamRequest, UpstreamSuccess } from "@copilot-llm/copilot";
import { type Clock, GatewayError, type UpstreamFailure, type UpstreamFailureKind } from "@copilot-llm/model";
import { type Lease, maxTokensPerRequest, type Pool, type RefusedLease } from "@copilot-llm/pool";
import type { Exchange } from "@copilot-llm/protocols";
import type { PoolSharing } from "../accounts/pool-sharing.js";
import type { Admitted } from "./admit-request.js";
import { openingOf } from "./conversations.js";
import { failureError } from "./failure-error.js";
import type { RequestTrace } from "./request-trace.js";

/** For a client whose request other tokens can take at once. */
const askAgainMs = 1_000;

/** The pooled tokens as accounts that requests can be sent on. */
export interface AccountSource {
  account(tokenId: string): Pick<UpstreamAccount, "send">;
  alias(tokenId: string): string | null;
}

export interface FailoverOptions {
  readonly pool: Pick<Pool, "lease" | "refusal" | "reportSuccess" | "reportFailure">;
  readonly accounts: AccountSource;
  readonly sharing: Pick<PoolSharing, "publishFailure" | "publishQuotas">;
  readonly clock: Pick<Clock, "nowMs">;
  /** Until when after its start a request may move on to another token. */
  readonly failoverDeadlineMs: number;
}

/** An accepted request: its answer has begun. The lease is the caller's to release. */
export interface Accepted {
  readonly lease: Lease;
  readonly answer: UpstreamSuccess;
}

/** What may be tried once in place of a refused request. */
export type MendRequest = Exchange["mend"];

/**
 * Sends a request on up to three tokens, one after the other, as the pool's failover table says. Where one refuses the
 * request itself, `mend` says what may be tried once in its place, on the same token. Rejects with what the client is to
 * be told when no token took it.
 */
export type SendWithFailover = (
  admitted: Admitted,
  wanted: UpstreamRequest,
  mend: MendRequest,
  trace: RequestTrace,
) => Promise<Accepted>;

/** One sender for all requests. */
export function createSendWithFailover(options: FailoverOptions): SendWithFailover {
  const { pool, sharing, clock, failoverDeadlineMs } = options;
  return async ({ call, key, peek, conversationId, onlyTokenIds }, wanted, mend, trace) => {
    const triedTokenIds: string[] = [];
    let request = wanted;
    let mendedOn: string | null = null;
    let lastFailure: UpstreamFailure | null = null;
    for (;;) {
      const wish = {
        modelId: request.modelId,
        onlyTokenIds: mendedOn === null ? onlyTokenIds : [mendedOn],
        preferredTokenId: key?.seat?.servesFirst === true ? key.seat.tokenId : null,
        triedTokenIds,
        conversationId: call.batch === undefined ? openingOf(conversationId) : null,
        startsConversation: peek.startsConversation,
        initiator: peek.initiator,
        signal: request.signal,
      };
      const leased = await pool.lease(call.batch === undefined ? wish : { ...wish, spare: call.batch.spare });
      if (!leased.ok) throw noLeaseError(leased, lastFailure, clock.nowMs());
      const { lease } = leased;
      const answer = await sendOnce(options, lease, request, trace);
      sharing.publishQuotas(lease.tokenId, answer.quotas);
      if (answer.ok) return { lease, answer };

      lastFailure = answer.failure;
      const step = pool.reportFailure(lease, answer.failure, answer.quotas);
      sharing.publishFailure(lease.tokenId, request.modelId, answer.failure.kind);
      lease.release();
      const mended = step.action === "mend_and_retry" && request === wanted ? mend(answer.failure) : null;
      if (mended !== null) {
        request = { ...wanted, body: mended.body, headers: mended.headers };
        mendedOn = lease.tokenId;
        trace.noteChange(mended.change);
        continue;
      }
      mendedOn = null;
      triedTokenIds.push(lease.tokenId);
      const mayGoOn = triedTokenIds.length < maxTokensPerRequest && trace.elapsedMs() < failoverDeadlineMs;
      if (step.action !== "next_token") throw failureError(answer.failure);
      if (!mayGoOn)
        throw lastWord(answer.failure, pool.refusal({ ...wish, onlyTokenIds, triedTokenIds: [] }), clock.nowMs());
    }
  };
}

async function sendOnce(
  { pool, accounts }: FailoverOptions,
  lease: Lease,
  request: UpstreamRequest,
  trace: RequestTrace,
): Promise<UpstreamAnswer> {
  trace.noteTry(lease, accounts.alias(lease.tokenId));
  const { traceparent } = trace;
  try {
    const sent = traceparent === null ? request : { ...request, traceparent };
    const answer = await accounts.account(lease.tokenId).send(sent);
    trace.noteTryResult({ status: answer.status, failure: answer.ok ? null : answer.failure.kind });
    if (answer.ok) pool.reportSuccess(lease, answer.quotas);
    return answer;
  } catch (error) {
    trace.noteTryResult({ status: null, failure: null });
    lease.release();
    throw error;
  }
}

/** Of what an account says of itself: another may say otherwise. */
const ofOneAccount: ReadonlySet<UpstreamFailureKind> = new Set([
  "unauthorized",
  "forbidden",
  "quota_exhausted",
  "account_rate_limited",
  "model_rate_limited",
]);

/** What is true of the pool, of which only some were asked. `refused` is what it says of the same request; null: it would serve it. */
function lastWord(failure: UpstreamFailure, refused: RefusedLease | null, nowMs: number): GatewayError {
  if (!ofOneAccount.has(failure.kind)) return failureError(failure);
  if (refused !== null) return noLeaseError(refused, failure, nowMs);
  const message = `The GitHub tokens that were asked refused this request, the last one with: ${failure.error.message} Others may take it: ask again.`;
  return new GatewayError("no_token_available", message, { retryAfterMs: askAgainMs });
}

function noLeaseError(refused: RefusedLease, lastFailure: UpstreamFailure | null, nowMs: number): GatewayError {
  const retry = refused.retryAtMs === null ? {} : { retryAfterMs: Math.max(0, refused.retryAtMs - nowMs) };
  const upstream = lastFailure === null ? {} : { upstream: lastFailure.error };
  if (lastFailure !== null && refused.why === "resting" && refused.retryAtMs === null) return failureError(lastFailure);
  switch (refused.why) {
    case "resting":
      return new GatewayError(
        "no_token_available",
        "Every GitHub token that could serve this request is resting or busy.",
        {
          ...retry,
          ...upstream,
        },
      );
    case "quota_exhausted":
      return new GatewayError(
        "quota_exceeded",
        "The premium quota of every GitHub token that could serve this request is used up.",
        {
          ...retry,
          ...upstream,
        },
      );
    case "unknown_model":
    case "unusable":
      if (lastFailure !== null) return failureError(lastFailure);
      return new GatewayError(
        "unavailable",
        "No GitHub token that could serve this request is usable at the moment.",
        retry,
      );
  }
}
