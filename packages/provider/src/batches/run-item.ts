import { type CancelSignal, type Clock, GatewayError, type Log, type Randomness } from "@copilot-llm/model";
import type { Pool, SpareTerms } from "@copilot-llm/pool";
import { encodeError } from "@copilot-llm/protocols";
import type { ClaimedItem, Stores } from "@copilot-llm/stores";
import type { Ids } from "../identity/ids.js";
import type { Principal } from "../identity/principal.js";
import type { ServeAnswer, ServeCall } from "../serve/serve-call.js";
import { type OwnerSources, principalOf } from "./batch-owner.js";
import type { EntityLeases } from "./entity-leases.js";
import { judgeTry, retryDelayMs } from "./item-verdict.js";
import type { SpareQuota } from "./spare-quota.js";

/** What came of running an item. Whatever is not settled is its caller's to release. */
export type ItemEnd =
  | { readonly kind: "settled"; readonly state: "succeeded" | "errored" }
  /** Its time has not come; null: nobody knows when it does. */
  | { readonly kind: "waits"; readonly untilMs: number | null }
  | { readonly kind: "failed"; readonly retryAtMs: number };

export interface RunItemOptions {
  readonly stores: Pick<Stores, "batches" | "files">;
  readonly owners: OwnerSources;
  readonly serve: (call: ServeCall) => Promise<ServeAnswer>;
  readonly pool: Pick<Pool, "tokens">;
  readonly spare: SpareQuota;
  readonly ids: Ids;
  readonly clock: Pick<Clock, "nowMs">;
  readonly randomness: Pick<Randomness, "next">;
  readonly log: Log;
}

export interface RunItemCall {
  readonly maxPerToken: number;
  readonly entities: Pick<EntityLeases, "holds" | "heldSinceMs">;
  readonly signal: CancelSignal;
  readonly isStopping: () => boolean;
}

/** What records call the client. */
const userAgent = "copilot-llm-batch";
/** While an answer could not be put on record, or something is wrong here. */
const troubleMs = 30_000;

/** Makes the request of an item, in the name of the batch's owner. Never rejects. */
export type RunItem = (item: ClaimedItem, call: RunItemCall) => Promise<ItemEnd>;

export function createRunItem(options: RunItemOptions): RunItem {
  const { stores, owners, serve, pool, spare, ids, clock, randomness, log } = options;

  const settleUnsent = async ({ batch, index }: ClaimedItem, error: GatewayError): Promise<ItemEnd> => {
    const { status, body } = encodeError(batch.protocol, error, ids("req"));
    const answer = Buffer.from(JSON.stringify(body));
    const settled = { state: "errored", requestId: null, status, answer, atMs: clock.nowMs() } as const;
    await stores.batches.settle({ batchId: batch.id, index }, settled);
    return { kind: "settled", state: "errored" };
  };

  const send = async (item: ClaimedItem, principal: Principal, body: Uint8Array, call: RunItemCall) => {
    const { batch, index, tries } = item;
    const requestId = ids("req");
    let isSettled = false;
    const judge = (error: GatewayError, attempts: number) =>
      judgeTry({
        error,
        attempts,
        tries,
        isChecking: pool.tokens().some(({ state }) => state.status === "checking"),
        isStopping: call.isStopping(),
      });
    const terms: SpareTerms = {
      maxPerToken: call.maxPerToken,
      mayUse: (entityId) => call.entities.holds(entityId),
      mayDraw: (entityId, units) => spare.mayDraw(entityId, units, clock.nowMs(), call.entities.heldSinceMs(entityId)),
    };
    const answer = await serve({
      requestId,
      operation: batch.operation,
      protocol: batch.protocol,
      principal,
      body,
      wireHeaders: batch.wireHeaders,
      pinnedTokenId: null,
      // One of its own, so that conversations are not looked for among thousands.
      conversationId: `${batch.ownerId}:${batch.id}:${requestId.slice("req_".length)}`,
      clientIp: null,
      userAgent,
      signal: call.signal,
      batch: {
        batchId: batch.id,
        index,
        spare: terms,
        mayTryAgain: (error, attempts) => judge(error, attempts) !== "final",
        onSettled: () => {
          isSettled = true;
        },
      },
    });
    if (answer.trace.ended !== null) spare.noteUse(answer.trace.ended, clock.nowMs());
    return { answer, isSettled, judge };
  };

  const run = async (item: ClaimedItem, call: RunItemCall): Promise<ItemEnd> => {
    const { batch, tries } = item;
    let principal: Principal;
    let body: Uint8Array;
    try {
      principal = await principalOf(batch, owners);
      body = await readWhole(stores.files.read(batch.fileId, item));
    } catch (error) {
      const told = GatewayError.from(error);
      if (told.code === "unauthenticated") return settleUnsent(item, told);
      if (told.code !== "not_found") throw error;
      return settleUnsent(item, new GatewayError("invalid_request", "The file of this batch was deleted."));
    }
    const { answer, isSettled, judge } = await send(item, principal, body, call);
    const { error, trace } = answer;
    if (isSettled) return { kind: "settled", state: error === null ? "succeeded" : "errored" };
    const nowMs = clock.nowMs();
    if (error === null) return { kind: "waits", untilMs: nowMs + troubleMs };
    if (judge(error, trace.attempts) === "failed") {
      return { kind: "failed", retryAtMs: nowMs + retryDelayMs(error, tries, randomness) };
    }
    return {
      kind: "waits",
      untilMs: error.code === "limit_exceeded" ? nowMs + (error.retryAfterMs ?? troubleMs) : null,
    };
  };

  return async (item, call) => {
    try {
      return await run(item, call);
    } catch (error) {
      log.error("an item of a batch could not be run", { batch_id: item.batchId, index: item.index, error });
      return { kind: "waits", untilMs: clock.nowMs() + troubleMs };
    }
  };
}

async function readWhole(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
}
