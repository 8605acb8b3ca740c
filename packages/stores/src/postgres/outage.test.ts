import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { GatewayError, type Secret } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { bundleProgram, startProgram } from "../../testing/child-program.js";
import { sampleClaim, sampleItemEntry, startSampleBatch } from "../contract/batch-samples.js";
import { createManualClock, sampleEntry, sampleKey, sampleReservation, sampleStartMs } from "../contract/index.js";
import type { Stores } from "../interfaces/stores.js";
import { linkName } from "./connection/gateway-link.js";
import { describeWithPostgres } from "./testing/describe-with-postgres.js";
import { withClient } from "./testing/start-postgres.js";

const claims = [{ unit: "requests", window: "lifetime", limit: 1_000_000 } as const];

function untilHealth(stores: Stores, ok: boolean): Promise<void> {
  return expect.poll(() => stores.health().ok, { timeout: 20_000, interval: 10 }).toBe(ok);
}

async function countRequests({ ledger }: Stores): Promise<number | undefined> {
  return (await ledger.usageByKey(["key_a"], sampleStartMs)).get("key_a")?.lifetime.requests;
}

async function readIds(databaseUrl: Secret): Promise<string[]> {
  const { rows } = await withClient(databaseUrl.reveal(), (client) =>
    client.query<{ id: string }>("SELECT id FROM request_records"),
  );
  return rows.map(({ id }) => id);
}

describeWithPostgres("a database that goes and comes back", (postgres) => {
  it("loses nothing and counts nothing twice under load, however it was stopped", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const gateways = [await postgres.openGateway(databaseUrl), await postgres.openGateway(databaseUrl)];
    const recorded: string[] = [];
    let refused = 0;
    let isLoaded = true;
    async function load(worker: number): Promise<void> {
      const ledger = gateways[worker % 2]?.ledger;
      for (let count = 0; isLoaded; count += 1) {
        const reservation = sampleReservation(worker * 100_000 + count, { claims });
        try {
          await ledger?.reserve(reservation);
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError);
          expect(error).toHaveProperty("code", "unavailable");
          refused += 1;
          await new Promise((resolve) => setImmediate(resolve));
          continue;
        }
        await ledger?.append(sampleEntry(count, { id: reservation.id }));
        recorded.push(reservation.id);
      }
    }
    const workers = Array.from({ length: 20 }, (_, worker) => load(worker));
    for (const mode of ["fast", "immediate"] as const) {
      const before = recorded.length;
      await expect.poll(() => recorded.length, { timeout: 20_000 }).toBeGreaterThan(before + 200);
      await postgres.server.stop(mode);
      for (const gateway of gateways) await untilHealth(gateway, false);
      await postgres.server.start();
      for (const gateway of gateways) await untilHealth(gateway, true);
    }
    isLoaded = false;
    await Promise.all(workers);
    for (const gateway of gateways) await gateway.close();
    expect(refused).toBeGreaterThan(0);
    const after = await postgres.openGateway(databaseUrl);
    const ids = await readIds(databaseUrl);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(recorded));
    expect(await countRequests(after)).toBe(recorded.length);
    const { totals } = await after.statistics.report({ fromMs: 0, toMs: sampleStartMs + 1, groupBy: "key" });
    expect(totals.requests).toBe(recorded.length);
    const { rows } = await withClient(databaseUrl.reveal(), (client) => client.query("SELECT id FROM reservations"));
    expect(rows).toEqual([]);
  }, 60_000);

  it("has an item of a batch settled once, with the record that waited on disk", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const stores = await postgres.openGateway(databaseUrl);
    await startSampleBatch(stores, "a", 2);
    const [first, second] = await stores.batches.claim(sampleClaim());
    if (first === undefined || second === undefined) throw new Error("two items were claimed");
    await stores.ledger.append(sampleItemEntry(1, first));
    await postgres.server.stop();
    await untilHealth(stores, false);
    await expect(stores.batches.claim(sampleClaim())).rejects.toHaveProperty("code", "unavailable");
    const answer = "said while the database was gone";
    await stores.ledger.append(sampleItemEntry(2, second, answer));
    await stores.ledger.append(sampleItemEntry(1, first, "again"));
    await postgres.server.start();
    await untilHealth(stores, true);
    const settled = await stores.batches.results("batch_a", { afterIndex: null, limit: 10, maxBytes: 1000 });
    expect(settled.map((item) => item.answer && Buffer.from(item.answer).toString())).toEqual(["answer 1", answer]);
    expect(await stores.batches.find("batch_a")).toMatchObject({ status: "completed", counts: { succeeded: 2 } });
  });

  it("refuses reservations while it is gone, and finishes requests under way on disk, readable by the owner alone", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const spoolDir = await postgres.createSpoolDir();
    const stores = await postgres.openGateway(databaseUrl, { spoolDir });
    const limit = [{ unit: "requests", window: "lifetime", limit: 1 } as const];
    const underWay = sampleReservation(1, { claims: limit });
    await stores.ledger.reserve(underWay);
    await postgres.server.stop();
    await untilHealth(stores, false);
    expect(stores.health()).toHaveProperty("reason", expect.stringContaining("PostgreSQL"));
    await expect(stores.ledger.reserve(sampleReservation(2))).rejects.toHaveProperty("code", "unavailable");
    await expect(stores.keys.findByHash("any")).rejects.toHaveProperty("code", "unavailable");
    const bodies = { request: Buffer.from("the question"), response: Buffer.from("the answer") };
    await stores.ledger.append({ ...sampleEntry(1, { id: underWay.id, recording: "full" }), bodies });
    const [spool = ""] = await readdir(spoolDir);
    for (const name of await readdir(join(spoolDir, spool))) {
      expect((await stat(join(spoolDir, spool, name))).mode & 0o077).toBe(0);
    }
    await postgres.server.start();
    await untilHealth(stores, true);
    expect((await stores.ledger.findRecord(underWay.id))?.bodies).toEqual(bodies);
    expect((await stores.ledger.reserve(sampleReservation(3, { claims: limit }))).granted).toBe(false);
    await expect.poll(() => readdir(spoolDir)).toEqual([]);
  }, 30_000);

  it("gets from the next process what one that was killed meanwhile had on disk", async () => {
    const program = await bundleProgram("append-to-postgres");
    const databaseUrl = await postgres.server.createDatabase();
    const spoolDir = await postgres.createSpoolDir();
    const child = startProgram(program, [databaseUrl.reveal(), spoolDir]);
    expect(await child.nextLine()).toBe("open");
    const acknowledged: string[] = [];
    const readSome = async (count: number) => {
      for (let index = 0; index < count; index += 1) acknowledged.push((await child.nextLine()) ?? "");
    };
    await readSome(50);
    await postgres.server.stop("immediate");
    await expect.poll(() => readdir(spoolDir), { timeout: 20_000 }).not.toEqual([]);
    await readSome(200);
    await child.kill();
    for (let line = await child.nextLine(); line !== null; line = await child.nextLine()) acknowledged.push(line);
    await postgres.server.start();
    const stores = await postgres.openGateway(databaseUrl, { spoolDir });
    const ids = new Set(await readIds(databaseUrl));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(await countRequests(stores)).toBe(ids.size);
    expect(await readdir(spoolDir)).toEqual([]);
  }, 60_000);

  it("is asked for every key while changes are not heard, and listeners learn that some may have been missed", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const clock = createManualClock(sampleStartMs);
    const stores = await postgres.openGateway(databaseUrl, { clock });
    const key = sampleKey("a");
    await stores.keys.create(key, null);
    expect(await stores.keys.findByHash(key.keyHash)).toEqual(key);
    const heard: string[] = [];
    stores.changes.subscribe(({ kind }) => heard.push(kind));
    await withClient(databaseUrl.reveal(), async (client) => {
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()",
        [linkName],
      );
      await untilHealth(stores, false);
      await client.query("UPDATE api_keys SET enabled = false");
    });
    expect((await stores.keys.findByHash(key.keyHash))?.enabled).toBe(false);
    // Time stands still until here, and with it the reconnection.
    const isBackLater = () => {
      clock.advance(1000);
      return stores.health().ok;
    };
    await expect.poll(isBackLater, { interval: 20, timeout: 10_000 }).toBe(true);
    expect(heard.at(-1)).toBe("interrupted");
    expect((await stores.keys.findByHash(key.keyHash))?.enabled).toBe(false);
  });
});
