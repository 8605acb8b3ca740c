import { type CatalogueModel, defaultSettings, type Log, type Settings } from "@copilot-llm/model";
import { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
import { createPool, type Pool } from "@copilot-llm/pool";
import type { ChangeFeed, ChangeListener, PoolChange } from "@copilot-llm/stores";
import { beforeEach, describe, expect, test } from "vitest";
import { SettingsCache } from "../changes/settings-cache.js";
import { createSystemRandomness } from "../system-clock.js";
import type { Accounts } from "./accounts.js";
import { PoolSharing } from "./pool-sharing.js";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const model = { id: "gpt-4o", enabled: true, kind: "chat", billing: { isPremium: false, multiplier: 0 } };

/** What two gateways have in common: a feed that tells each what the other publishes. */
class SharedFeed {
  readonly #listeners: ChangeListener[] = [];

  open(): ChangeFeed {
    const own: ChangeListener[] = [];
    return {
      subscribe: (listener) => {
        own.push(listener);
        this.#listeners.push(listener);
        return () => this.#listeners.splice(this.#listeners.indexOf(listener), 1);
      },
      publish: (change: PoolChange) => {
        for (const listener of this.#listeners) listener(change, own.includes(listener) ? "here" : "elsewhere");
      },
    };
  }
}

interface Gateway {
  readonly pool: Pool;
  readonly sharing: PoolSharing;
  readonly reconciled: string[];
  /** The tokens after whose refusal the others of their payer are asked for. */
  readonly suspected: string[];
  settings: Settings;
}

let clock: ManualClock;
let feed: SharedFeed;

async function openGateway(): Promise<Gateway> {
  const pool = createPool({ clock, randomness: createSystemRandomness() });
  pool.addToken("tok_1", { enabled: true });
  pool.setCatalogue("tok_1", [model as CatalogueModel]);
  const reconciled: string[] = [];
  const suspected: string[] = [];
  const accounts = {
    reconcile: async (id: string) => void reconciled.push(id),
    reconcileAll: async () => void reconciled.push("all"),
  };
  const gateway = { pool, reconciled, suspected, settings: defaultSettings };
  const store = { read: async () => gateway.settings, update: async () => gateway.settings };
  const sharing = new PoolSharing({
    changes: feed.open(),
    pool,
    accounts: accounts as unknown as Accounts,
    suspects: { noteRefusal: (id) => void suspected.push(id) },
    settings: await SettingsCache.open(store),
    clock,
    log: silent,
  });
  return Object.assign(gateway, { sharing });
}

async function fail(
  gateway: Gateway,
  kind: "account_rate_limited" | "model_rate_limited" | "unauthorized" | "quota_exhausted",
): Promise<void> {
  const leased = await gateway.pool.lease({
    modelId: "gpt-4o",
    onlyTokenIds: null,
    preferredTokenId: null,
    triedTokenIds: [],
    conversationId: null,
    startsConversation: true,
    initiator: "user",
    signal: new AbortController().signal,
  });
  if (!leased.ok) throw new Error("no lease");
  const error = { status: 429, code: null, message: "slow down" };
  gateway.pool.reportFailure(leased.lease, { kind, retryAfterMs: 30_000, error });
  gateway.sharing.publishFailure("tok_1", "gpt-4o", kind);
}

beforeEach(() => {
  clock = createManualClock();
  feed = new SharedFeed();
});

describe("gateways that share their stores", () => {
  test("rest a token that one of them found rate limited", async () => {
    const [one, other] = [await openGateway(), await openGateway()];
    await fail(one, "account_rate_limited");
    await other.sharing.close();
    expect(other.pool.state("tok_1")).toEqual(one.pool.state("tok_1"));
    expect(other.pool.state("tok_1")).toMatchObject({ status: "cooling", reason: "slow down" });
  });

  test("rest a model on a token, and the token for that model only", async () => {
    const [one, other] = [await openGateway(), await openGateway()];
    await fail(one, "model_rate_limited");
    await other.sharing.close();
    expect(other.pool.state("tok_1").status).toBe("active");
    expect(other.pool.tokens()[0]?.restingModels).toMatchObject([{ modelId: "gpt-4o", reason: "slow down" }]);
  });

  test("stop using a token that GitHub refused to one of them", async () => {
    const [one, other] = [await openGateway(), await openGateway()];
    await fail(one, "unauthorized");
    await other.sharing.close();
    expect(other.pool.state("tok_1").status).toBe("auth_failed");
  });

  test("follow up a refusal for want of quota, whoever met it", async () => {
    const [one, other] = [await openGateway(), await openGateway()];
    await fail(one, "quota_exhausted");
    await other.sharing.close();
    expect([one.suspected, other.suspected]).toEqual([["tok_1"], ["tok_1"]]);
  });

  test("learn of quotas, at most twice a second a token", async () => {
    const [one, other] = [await openGateway(), await openGateway()];
    const quota = (remaining: number) => ({
      bucket: "premium_interactions",
      entitlement: 300,
      remaining,
      unlimited: false,
      overagePermitted: false,
      overageCount: 0,
      hasQuota: true,
      resetAtMs: null,
      seenAtMs: clock.nowMs(),
    });
    one.sharing.publishQuotas("tok_1", [quota(10)]);
    one.sharing.publishQuotas("tok_1", [quota(9)]);
    clock.advance(500);
    one.sharing.publishQuotas("tok_1", [quota(8)]);
    await other.sharing.close();
    expect(other.pool.tokens()[0]?.quotas).toMatchObject([{ remaining: 8 }]);
  });

  test("apply changed tokens and settings, and everything after an interruption", async () => {
    const one = await openGateway();
    const tell: ChangeFeed & { tell?: ChangeListener } = feed.open();
    one.settings = { ...defaultSettings, routingStrategy: "fill_first" };
    for (const change of [
      { kind: "token_stored", tokenId: "tok_9" },
      { kind: "settings_stored" },
      { kind: "interrupted" },
    ]) {
      tell.publish(change as unknown as PoolChange);
    }
    await one.sharing.close();
    expect(one.reconciled).toEqual(["tok_9", "all"]);
  });
});
