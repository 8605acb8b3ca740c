import { Secret } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { sampleClaim, sampleItemEntry, startSampleBatch } from "../contract/batch-samples.js";
import {
  createManualClock,
  sampleEntry,
  sampleKey,
  sampleReservation,
  sampleStartMs,
  sampleToken,
  sampleUser,
} from "../contract/index.js";
import { countWinners } from "../contract/race.js";
import type { ChangeOrigin, StoreChange } from "../interfaces/change-feed.js";
import type { Stores } from "../interfaces/stores.js";
import { describeWithPostgres } from "./testing/describe-with-postgres.js";
import { withClient } from "./testing/start-postgres.js";

type Told = readonly [StoreChange, ChangeOrigin];

/** Resolves with the next change of this kind. */
function nextChange({ changes }: Stores, kind: StoreChange["kind"]): Promise<Told> {
  return new Promise((resolve) => {
    const cancel = changes.subscribe((change, origin) => {
      if (change.kind !== kind) return;
      cancel();
      resolve([change, origin]);
    });
  });
}

describeWithPostgres("gateways that share a database", (postgres) => {
  async function openTwo() {
    const databaseUrl = await postgres.server.createDatabase();
    const stores = await Promise.all([postgres.openGateway(databaseUrl), postgres.openGateway(databaseUrl)]);
    return { databaseUrl, stores, a: stores[0], b: stores[1] };
  }

  for (const window of ["lifetime", "day", "month", "minute", "open"] as const) {
    it(`grant exactly 100 of 500 requests at once against a limit of 100 per ${window}`, async () => {
      const { stores } = await openTwo();
      const claims = [{ unit: "requests", window, limit: 100 } as const];
      const granted = await countWinners(500, async (index) => {
        const ledger = stores[index % 2]?.ledger;
        const reservation = sampleReservation(index, { claims });
        const result = await ledger?.reserve(reservation);
        if (result?.granted !== true) return false;
        if (window !== "open" && index % 3 === 0) await ledger?.append(sampleEntry(index, { id: reservation.id }));
        return true;
      });
      expect(granted).toBe(100);
    });
  }

  it("grant exactly 50 of 200 requests at once to the ten keys of a team of 50", async () => {
    const { stores } = await openTwo();
    const keyIds = Array.from({ length: 10 }, (_, index) => `key_${index}`);
    const claims = [
      { unit: "requests", window: "day", limit: 20 } as const,
      { unit: "requests", window: "day", limit: 50, isOfTeam: true } as const,
    ];
    const granted = await countWinners(200, async (index) => {
      const keyId = keyIds[index % 10] ?? "";
      const reservation = sampleReservation(index, { keyId, claims, team: { id: "team_1", keyIds } });
      const result = await stores[index % 2]?.ledger.reserve(reservation);
      if (result?.granted !== true) return false;
      if (index % 3 === 0) await stores[index % 2]?.ledger.append(sampleEntry(index, { id: reservation.id, keyId }));
      return true;
    });
    expect(granted).toBe(50);
  });

  it("work on one batch together: each item once, never more than they may, and those of a dead one again", async () => {
    const { stores, a, b } = await openTwo();
    await startSampleBatch(a, "a", 60);
    const leaseUntilMs = sampleStartMs + 1000;
    const lost = await b.batches.claim(sampleClaim({ workerId: "dead", limit: 5, maxRunning: 7, leaseUntilMs }));
    const served: number[] = [];
    let mostRunning = 0;
    const work = async (worker: number, nowMs: number) => {
      const store = stores[worker % 2];
      for (;;) {
        const claim = { workerId: `${worker}`, limit: 1, maxRunning: 7, nowMs, leaseUntilMs: nowMs + 60_000 };
        const [item] = (await store?.batches.claim(claim)) ?? [];
        if (item === undefined) return;
        mostRunning = Math.max(mostRunning, item.batch.counts.running);
        served.push(item.index);
        await store?.ledger.append(sampleItemEntry(item.index, item));
      }
    };
    await Promise.all(Array.from({ length: 2 }, (_, worker) => work(worker, sampleStartMs)));
    expect(served.length).toBe(60 - lost.length);
    await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker, leaseUntilMs)));
    expect(served.sort((one, other) => one - other)).toEqual(Array.from({ length: 60 }, (_, index) => index));
    expect(mostRunning).toBeLessThanOrEqual(7);
    expect(await b.batches.find("batch_a")).toMatchObject({ status: "completed", counts: { succeeded: 60 } });
  });

  it("count every request once, also when both append the same", async () => {
    const { stores, a, b } = await openTwo();
    await Promise.all(
      Array.from({ length: 300 }, (_, index) => stores[index % 2]?.ledger.append(sampleEntry(index % 150))),
    );
    const [usage] = (await a.ledger.usageByKey(["key_a"], sampleStartMs)).values();
    expect(usage?.lifetime.requests).toBe(150);
    const { totals } = await b.statistics.report({ fromMs: 0, toMs: sampleStartMs + 1, groupBy: "token" });
    expect(totals.requests).toBe(150);
  });

  it("take the setup code of each until there is exactly one first user, and no code then", async () => {
    const { stores, a, b } = await openTwo();
    await a.users.issueSetupCode("code of a", Number.MAX_SAFE_INTEGER);
    await b.users.issueSetupCode("code of b", Number.MAX_SAFE_INTEGER);
    const valid = () =>
      Promise.all([
        b.users.isSetupCodeValid("code of a", sampleStartMs),
        a.users.isSetupCodeValid("code of b", sampleStartMs),
      ]);
    expect(await valid()).toEqual([true, true]);
    expect(
      await countWinners(
        20,
        async (n) => (await stores[n % 2]?.users.createFirst(sampleUser(`u${n}`), null, null)) === true,
      ),
    ).toBe(1);
    expect(await valid()).toEqual([false, false]);
  });

  it("hear of each other's changes, and of what the pool learnt", async () => {
    const { a, b } = await openTwo();
    const key = nextChange(b, "key_stored");
    const settings = nextChange(b, "settings_stored");
    const state = nextChange(b, "token_state");
    const own = nextChange(a, "token_state");
    await a.keys.create(sampleKey("a"), null);
    await a.settings.update(() => ({ routingStrategy: "fill_first" }), null);
    const published = { kind: "token_state", tokenId: "tok_a", modelId: "gpt-5", state: { status: "active" } } as const;
    a.changes.publish(published);
    expect(await key).toEqual([{ kind: "key_stored", keyId: "key_a" }, "elsewhere"]);
    expect(await settings).toEqual([{ kind: "settings_stored" }, "elsewhere"]);
    expect(await state).toEqual([published, "elsewhere"]);
    expect(await own).toEqual([published, "here"]);
    expect((await b.settings.read()).routingStrategy).toBe("fill_first");
  });

  it("know a key that another one changed as soon as they hear of it, from memory", async () => {
    const { databaseUrl, a, b } = await openTwo();
    const key = sampleKey("a");
    expect(await b.keys.findByHash(key.keyHash)).toBeNull();
    const created = nextChange(b, "key_stored");
    await a.keys.create(key, null);
    await created;
    expect(await b.keys.findByHash(key.keyHash)).toEqual(key);
    const rotated = nextChange(b, "key_stored");
    await a.keys.update(key.id, () => ({ keyHash: "rotated" }), null);
    await rotated;
    expect(await b.keys.findByHash(key.keyHash)).toBeNull();
    expect((await b.keys.findByHash("rotated"))?.id).toBe(key.id);
    // Behind the gateways' back nobody is told, which shows that no query is made.
    await withClient(databaseUrl.reveal(), (client) => client.query("DELETE FROM api_keys"));
    expect((await b.keys.findByHash("rotated"))?.id).toBe(key.id);
    expect(await b.keys.find(key.id)).toBeNull();
  });

  it("give back what a gateway that closed had reserved", async () => {
    const { a, b } = await openTwo();
    const claims = [{ unit: "requests", window: "open", limit: 1 } as const];
    expect((await a.ledger.reserve(sampleReservation(1, { claims }))).granted).toBe(true);
    expect((await b.ledger.reserve(sampleReservation(2, { claims }))).granted).toBe(false);
    await a.close();
    expect((await b.ledger.reserve(sampleReservation(3, { claims }))).granted).toBe(true);
  });

  it("give back what a gateway had reserved that has not been seen for 15 s", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const clock = createManualClock(sampleStartMs);
    const { ledger } = await postgres.openGateway(databaseUrl, { clock });
    await withClient(databaseUrl.reveal(), async (client) => {
      await client.query("INSERT INTO gateways (id, seen_at) VALUES ('dead', now() - interval '16 s')");
      await client.query("INSERT INTO reservations VALUES ('left', 'dead', 'key_a', 0, 1, 0, 0, 0)");
    });
    const claims = [{ unit: "requests", window: "open", limit: 1 } as const];
    const tryToReserve = async () => (await ledger.reserve(sampleReservation(1, { claims }))).granted;
    expect(await tryToReserve()).toBe(false);
    // Each second that passes lets the gateway beat once.
    const tryLater = () => {
      clock.advance(1000);
      return tryToReserve();
    };
    await expect.poll(tryLater, { interval: 20, timeout: 10_000 }).toBe(true);
    expect(clock.monotonicMs()).toBeGreaterThan(15_000);
  });

  it("take up again what they had reserved when others took them for dead by mistake", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const clock = createManualClock(sampleStartMs);
    const stores = await postgres.openGateway(databaseUrl, { clock });
    const { id } = sampleReservation(1);
    await stores.ledger.reserve(sampleReservation(1));
    const heard = nextChange(stores, "interrupted");
    await withClient(databaseUrl.reveal(), (client) => client.query("DELETE FROM gateways"));
    const isBackLater = () => {
      clock.advance(1000);
      return stores.health().ok;
    };
    await expect.poll(isBackLater).toBe(false);
    await expect.poll(isBackLater).toBe(true);
    await heard;
    const { rows } = await withClient(databaseUrl.reveal(), (client) => client.query("SELECT id FROM reservations"));
    expect(rows).toEqual([{ id }]);
  });

  it("refuse another encryption key while the tokens need theirs", async () => {
    const { databaseUrl, a } = await openTwo();
    await a.tokens.create(sampleToken("a"), null);
    await expect(postgres.openGateway(databaseUrl, { encryptionKey: new Secret("6f".repeat(32)) })).rejects.toThrow(
      "ENCRYPTION_KEY is not the key",
    );
    const { rows } = await withClient(databaseUrl.reveal(), (client) => client.query("SELECT * FROM github_tokens"));
    expect(JSON.stringify(rows)).not.toContain(sampleToken("a").secret?.reveal());
  });
});
