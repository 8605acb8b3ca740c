import type { Pool } from "@copilot-llm/pool";
import { expect, it } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { EntityLeases } from "./entity-leases.js";

/** Gateways that share the stores, each with these entities in its pool. */
async function openGateways(entityIds: string[]) {
  const bench = await openBench();
  const pool = { entities: () => entityIds.map((id) => ({ id })) } as unknown as Pick<Pool, "entities">;
  const open = (workerId: string) => new EntityLeases({ ...bench, batches: bench.stores.batches, pool, workerId });
  return { clock: bench.clock, one: open("one"), two: open("two") };
}

it("an entity is one gateway's, as long as that prolongs its lease, and another's after it", async () => {
  const { clock, one, two } = await openGateways(["acme"]);
  await one.askForMore();
  await two.askForMore();
  expect([one.holds("acme"), two.holds("acme")]).toEqual([true, false]);
  const sinceMs = clock.nowMs();
  for (let look = 0; look < 5; look += 1) {
    clock.advance(20_000);
    await one.renew();
    await two.askForMore();
  }
  expect([one.heldSinceMs("acme"), two.heldSinceMs("acme")]).toEqual([sinceMs, Number.POSITIVE_INFINITY]);
  clock.advance(60_000);
  expect(one.holds("acme")).toBe(false);
  await two.askForMore();
  await one.askForMore();
  expect([one.holds("acme"), two.heldSinceMs("acme")]).toEqual([false, clock.nowMs()]);
});

it("a gateway that stops gives its entities back at once", async () => {
  const { clock, one, two } = await openGateways(["acme", "bob"]);
  await one.askForMore();
  await one.giveBack();
  expect(one.holds("acme")).toBe(false);
  clock.advance(1);
  await two.askForMore();
  expect([two.holds("acme"), two.holds("bob")]).toEqual([true, true]);
});

it("what is new in the pool is asked for at once, and what another has only from time to time", async () => {
  const entityIds = ["acme"];
  const { clock, one, two } = await openGateways(entityIds);
  await one.askForMore();
  await two.askForMore();
  entityIds.push("bob");
  await two.askForMore();
  expect(two.holds("bob")).toBe(true);
  await one.giveBack();
  await two.askForMore();
  expect(two.holds("acme")).toBe(false);
  clock.advance(20_000);
  await two.askForMore();
  expect(two.holds("acme")).toBe(true);
});
