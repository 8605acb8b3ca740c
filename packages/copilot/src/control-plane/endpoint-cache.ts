import type { Clock, Log, Randomness } from "@copilot-llm/model";
import { type EndpointSnapshot, mapEndpoint } from "../data-plane/endpoint-snapshot.js";
import type { Channel } from "./channel.js";

/** Snapshots that do not end by themselves are renewed all the same: the service may move an account to another host. */
const defaultLifeMs = 30 * 60_000;
const retryRenewalMs = 30_000;

/** A snapshot and the round in which it was taken; a refused snapshot of an older round was replaced meanwhile. */
export interface Endpoint {
  readonly snapshot: EndpointSnapshot;
  readonly round: number;
}

/** One account's endpoint snapshots by model. Snapshots stay usable while no runtime lives. */
export interface EndpointCache {
  /** At once from the cache as a rule. `modelId` null asks for the endpoint in general. Single-flight per model. */
  get(modelId: string | null): Endpoint | Promise<Endpoint>;
  /** Drops every snapshot of the refused one's round, and the session they came from. */
  refuse(endpoint: Endpoint): void;
  clear(): void;
}

interface Entry {
  readonly endpoint: Endpoint;
  renewAtMs: number;
}

export interface EndpointCacheOptions {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

export function createEndpointCache({ channel, clock, randomness, log }: EndpointCacheOptions): EndpointCache {
  const entries = new Map<string | null, Entry>();
  const pending = new Map<string | null, Promise<Endpoint>>();
  let round = 0;

  const ask = (modelId: string | null): Promise<Endpoint> => {
    const underWay = pending.get(modelId);
    if (underWay !== undefined) return underWay;
    const asked = fetchEndpoint(modelId, round).finally(() => {
      if (pending.get(modelId) === asked) pending.delete(modelId);
    });
    pending.set(modelId, asked);
    return asked;
  };

  const fetchEndpoint = async (modelId: string | null, askedRound: number): Promise<Endpoint> => {
    const snapshot = await channel.use(async ({ session }) =>
      mapEndpoint(await session.rpc.provider.getEndpoint(modelId === null ? {} : { modelId }), modelId),
    );
    const expiresAtMs = earliest(snapshot.expiresAtMs, channel.expiresAtMs());
    const endpoint = { snapshot: { ...snapshot, expiresAtMs }, round: askedRound };
    if (askedRound === round) entries.set(modelId, { endpoint, renewAtMs: renewalTime(expiresAtMs) });
    return endpoint;
  };

  /** After 80 to 90 % of the snapshot's life, so that accounts do not renew all at once. */
  const renewalTime = (expiresAtMs: number | null): number => {
    const nowMs = clock.nowMs();
    const lifeMs = Math.max(0, expiresAtMs === null ? defaultLifeMs : expiresAtMs - nowMs);
    return nowMs + lifeMs * (0.8 + 0.1 * randomness.next());
  };

  const renewInBackground = (modelId: string | null, entry: Entry): void => {
    entry.renewAtMs = clock.nowMs() + retryRenewalMs;
    ask(modelId).catch(() => log.warn("endpoint renewal failed; the present one goes on", { modelId }));
  };

  return {
    get(modelId) {
      const entry = entries.get(modelId);
      if (entry === undefined) return ask(modelId);
      const nowMs = clock.nowMs();
      const { expiresAtMs } = entry.endpoint.snapshot;
      if (expiresAtMs !== null && nowMs >= expiresAtMs) return ask(modelId);
      if (nowMs >= entry.renewAtMs) renewInBackground(modelId, entry);
      return entry.endpoint;
    },
    refuse(endpoint) {
      if (endpoint.round !== round) return;
      round += 1;
      entries.clear();
      pending.clear();
      channel.discard();
    },
    clear() {
      round += 1;
      entries.clear();
      pending.clear();
    },
  };
}

function earliest(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return first ?? second;
  return Math.min(first, second);
}
