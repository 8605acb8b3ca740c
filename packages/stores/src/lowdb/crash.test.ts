import { describe, expect, it } from "vitest";
import { bundleProgram, startProgram } from "../../testing/child-program.js";
import { createRecordingLog } from "../../testing/recording-log.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { startSampleBatch } from "../contract/batch-samples.js";
import { createManualClock } from "../contract/index.js";
import { sampleRecord, sampleStartMs } from "../contract/samples.js";
import { openLowdbStores } from "./open-lowdb-stores.js";

const rounds = Number(process.env.CRASH_ROUNDS ?? 8);
const callers = 20;

describe("a process killed with SIGKILL while it appends", () => {
  it(`has every acknowledged request on record exactly once, ${rounds} times over`, {
    timeout: rounds * 20_000,
  }, async () => {
    const dataDir = await createTemporaryDirectory();
    const program = await bundleProgram("append-until-killed");
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const child = startProgram(program, [dataDir, String(round), String(callers)]);
      // How long it took to open is for `pnpm bench` to tell ("start … after a kill"): here other tests share the disk.
      expect(await child.nextLine()).toBe("open");
      // A different moment each time: anywhere between the first append and some full files of bodies.
      const before = round === rounds - 1 ? 0 : acknowledged.length;
      const enough = acknowledged.length + 1 + ((round * 397) % 900);
      while (acknowledged.length < enough) acknowledged.push((await child.nextLine()) ?? "");
      await child.kill();
      for (let id = await child.nextLine(); id !== null; id = await child.nextLine()) acknowledged.push(id);

      const log = createRecordingLog();
      const clock = createManualClock(sampleStartMs);
      const stores = await openLowdbStores({ dataDir, encryptionKey: null, clock, log, fullBodyFileBytes: 1 << 20 });
      const readUsage = async () =>
        (await stores.ledger.usageByKey(["key_a"], sampleStartMs)).get("key_a")?.lifetime.requests;
      const counted = (await readUsage()) ?? 0;
      // What was written when the kill came, but not acknowledged any more, may be there too.
      expect(counted).toBeGreaterThanOrEqual(acknowledged.length);
      expect(counted).toBeLessThanOrEqual(acknowledged.length + (round + 1) * callers);
      const { totals } = await stores.statistics.report({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, groupBy: "key" });
      expect(totals.requests).toBe(counted);
      for (const [index, id] of acknowledged.slice(before).entries()) {
        const found = await stores.ledger.findRecord(id);
        expect(Buffer.from(found?.bodies?.request ?? []).toString()).toBe(id);
        if (index % 7 > 0) continue;
        await stores.ledger.append({
          record: sampleRecord(0, { id }),
          bodies: null,
          charges: { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 0 },
        });
      }
      expect(await readUsage()).toBe(counted);
      expect(log.lines.filter((line) => line.startsWith("error"))).toEqual([]);
      await stores.close();
    }
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
  });
});

describe("a process killed with SIGKILL while it works on a batch", () => {
  it("has each item settled with the request's record, and all others pending at the next start", async () => {
    const dataDir = await createTemporaryDirectory();
    const program = await bundleProgram("settle-until-killed");
    const items = 5000;
    const open = () =>
      openLowdbStores({
        dataDir,
        encryptionKey: null,
        clock: createManualClock(sampleStartMs),
        log: createRecordingLog(),
      });
    const first = await open();
    await startSampleBatch(first, "a", items, { expiresAtMs: sampleStartMs + 1e12 });
    await first.close();
    const acknowledged = new Map<number, string>();
    for (let round = 1; round <= 3; round += 1) {
      const child = startProgram(program, [dataDir, String(round)]);
      const note = (line: string) => {
        const [index = "", id = ""] = line.split(" ");
        expect(acknowledged.has(Number(index))).toBe(false);
        acknowledged.set(Number(index), id);
      };
      const enough = acknowledged.size + 100 + round * 37;
      while (acknowledged.size < enough) note((await child.nextLine()) ?? "");
      await child.kill();
      for (let line = await child.nextLine(); line !== null; line = await child.nextLine()) note(line);

      const stores = await open();
      const settled = await stores.batches.results("batch_a", { afterIndex: null, limit: items, maxBytes: 1 << 30 });
      const { counts } = (await stores.batches.find("batch_a")) ?? {};
      expect(counts).toMatchObject({ total: items, succeeded: settled.length, pending: items - settled.length });
      const requests = new Map(settled.map(({ index, requestId }) => [index, requestId]));
      for (const [index, id] of acknowledged) expect(requests.get(index)).toBe(id);
      for (const { requestId, answer } of settled) {
        expect(Buffer.from(answer ?? []).toString()).toBe(requestId);
        expect(await stores.ledger.findRecord(requestId ?? "")).not.toBeNull();
      }
      // What was written when the kill came, but not acknowledged any more.
      const usage = await stores.ledger.usageByKey(["key_a"], sampleStartMs);
      expect(usage.get("key_a")?.lifetime.requests).toBe(settled.length);
      await stores.close();
      for (const [index, id] of requests) acknowledged.set(index, id ?? "");
    }
  });
});
