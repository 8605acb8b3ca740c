import type { UpstreamAnswer, UpstreamRequest, UpstreamSuccess } from "@copilot-llm/copilot";
import { type Clock, GatewayError, type UpstreamFailure } from "@copilot-llm/model";
import { type Lease, type LeaseResult, maxTokensPerRequest, type Pool } from "@copilot-llm/pool";
import type { Accounts } from "../accounts/accounts.js";
import type { PoolSharing } from "../accounts/pool-sharing.js";
import { openingOf } from "./conversations.js";
import { failureError } from "./failure-error.js";
import type { RequestTrace } from "./request-trace.js";

export interface FailoverOptions {
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly sharing: Pick<PoolSharing, "tellFailure" | "tellQuotas">;
  readonly clock: Clock;
  readonly failoverDeadlineMs: number;
}

/** An accepted request: its answer has begun. The lease is the caller's to release. */
export interface Sent {
  readonly lease: Lease;
  readonly answer: UpstreamSuccess;
}

/**
 * Sends a request on up to three tokens, one after the other, as the pool's failover table says; each try is noted in
 * the trace. `withoutReasoning` gives the body for one more try where an account refuses another's reasoning, null
 * when it holds none. Throws what the client is to be told when no token took it.
 */
export async function sendWithFailover(
  options: FailoverOptions,
  trace: RequestTrace,
  wanted: UpstreamRequest,
  withoutReasoning: () => Uint8Array | null,
): Promise<Sent> {
  const { pool, sharing, clock } = options;
  const triedTokenIds: string[] = [];
  let request = wanted;
  let lastFailure: UpstreamFailure | null = null;
  for (;;) {
    const leased = await pool.lease({
      modelId: request.modelId,
      onlyTokenIds: trace.onlyTokenIds,
      triedTokenIds,
      conversationId: openingOf(trace.conversation.id),
      startsConversation: trace.startsConversation,
      initiator: trace.initiator,
      signal: request.signal,
    });
    if (!leased.ok) throw noLeaseError(leased, lastFailure, clock.nowMs());
    const answer = await sendOnce(options, trace, leased.lease, request);
    sharing.tellQuotas(leased.lease.tokenId, answer.quotas);
    if (answer.ok) return { lease: leased.lease, answer };

    lastFailure = answer.failure;
    const step = pool.reportFailure(leased.lease, answer.failure, answer.quotas);
    sharing.tellFailure(leased.lease.tokenId, request.modelId, answer.failure.kind);
    leased.lease.release();
    const stripped = step.action === "strip_reasoning_and_retry" && request === wanted ? withoutReasoning() : null;
    if (stripped !== null) {
      request = { ...wanted, body: stripped };
      continue;
    }
    triedTokenIds.push(leased.lease.tokenId);
    const mayGoOn = triedTokenIds.length < maxTokensPerRequest && trace.elapsedMs() < options.failoverDeadlineMs;
    if (step.action !== "next_token" || !mayGoOn) throw failureError(answer.failure);
  }
}

async function sendOnce(
  { pool, accounts, clock }: FailoverOptions,
  trace: RequestTrace,
  lease: Lease,
  request: UpstreamRequest,
): Promise<UpstreamAnswer> {
  const { tokenId } = lease;
  trace.tokenId = tokenId;
  trace.tokenAlias = accounts.alias(tokenId);
  trace.billedModel = lease.model;
  const startedAt = clock.monotonicMs();
  const note = (status: number | null, failure: UpstreamFailure["kind"] | null): void => {
    trace.tries.push({ tokenId, status, failure, durationMs: Math.round(clock.monotonicMs() - startedAt) });
  };
  try {
    const answer = await accounts.account(tokenId).send(request);
    note(answer.status, answer.ok ? null : answer.failure.kind);
    if (answer.ok) pool.reportSuccess(lease, answer.quotas);
    return answer;
  } catch (error) {
    note(null, null);
    lease.release();
    throw error;
  }
}

function noLeaseError(
  refused: Extract<LeaseResult, { ok: false }>,
  lastFailure: UpstreamFailure | null,
  nowMs: number,
): GatewayError {
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
