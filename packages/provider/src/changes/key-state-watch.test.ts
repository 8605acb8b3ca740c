import { dayMs, defaultSettings } from "@copilot-llm/model";
import { sampleRecord } from "@copilot-llm/stores/contract";
import { expect, onTestFinished, test } from "vitest";
import { KeyAdmin } from "../admin/key-admin.js";
import { openBench } from "../testing/open-bench.js";
import { KeyStateWatch } from "./key-state-watch.js";
import { LiveEvents } from "./live-events.js";
import { publishChanges } from "./publish-changes.js";

const oneRequest = { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

async function setUp() {
  const bench = await openBench();
  const { stores, clock, ids } = bench;
  const keys = new KeyAdmin({ ...bench, settings: () => defaultSettings, lastClient: () => null });
  const events = new LiveEvents("run");
  onTestFinished(publishChanges(stores.changes, { reload: async () => defaultSettings }, events));
  const told: unknown[] = [];
  events.subscribe({
    onEvent: (event) => {
      if (event.kind === "key_state") told.push([event.alias, event.standing.state, event.standing.limitedBy]);
    },
    onGap: () => undefined,
    onEnd: () => undefined,
  });
  const watch = new KeyStateWatch({ ...bench, events });
  onTestFinished(() => watch.close());
  /** One request of the key, as it comes on record: here, or at another gateway. */
  const use = async (keyId: string, where: "here" | "elsewhere" = "here"): Promise<void> => {
    const record = sampleRecord(0, { id: ids("req"), keyId, startedAtMs: clock.nowMs() });
    await stores.ledger.append({ record, bodies: null, charges: oneRequest });
    if (where === "here") events.publish({ kind: "request", record });
  };
  /** Until as many were told; then what they were. */
  const heard = async (count: number) => {
    await expect.poll(() => (told.length < count ? clock.advance(10_000) : told.length) ?? 0).toBe(count);
    return told;
  };
  return { ...bench, keys, watch, use, told, heard };
}

/** Two requests a day. */
const twoADay = { maxRequests: 2, limitPeriod: "day" } as const;

test("a key that comes to a limit is told of once, and again when its period begins anew", async () => {
  const { keys, watch, use, heard, clock } = await setUp();
  const { key } = await keys.create("ada", { alias: "laptop", limits: twoADay });
  await watch.start();
  for (let count = 0; count < 4; count += 1) await use(key.id);
  expect(await heard(1)).toEqual([["laptop", "limited", "maxRequests"]]);
  clock.advance(dayMs);
  expect((await heard(2)).at(-1)).toEqual(["laptop", "active", null]);
});

test("what other gateways served counts, too", async () => {
  const { keys, watch, use, heard } = await setUp();
  const { key } = await keys.create("ada", { alias: "laptop", limits: twoADay });
  await watch.start();
  await use(key.id, "elsewhere");
  await use(key.id, "elsewhere");
  expect(await heard(1)).toEqual([["laptop", "limited", "maxRequests"]]);
});

test("a key is disabled, enabled and expires", async () => {
  const { keys, watch, heard, clock } = await setUp();
  const { key } = await keys.create("ada", { alias: "laptop" });
  await watch.start();
  await keys.update("ada", key.id, { enabled: false });
  await heard(1);
  await keys.update("ada", key.id, { enabled: true, expiresAtMs: clock.nowMs() + 120_000 });
  await heard(2);
  expect(await heard(3)).toEqual([
    ["laptop", "disabled", null],
    ["laptop", "active", null],
    ["laptop", "expired", null],
  ]);
});

test("what stands at the start is no news", async () => {
  const { keys, watch, use, heard } = await setUp();
  const used = await keys.create("ada", { alias: "used up", limits: twoADay });
  await use(used.key.id);
  await use(used.key.id);
  const other = await keys.create("ada", { alias: "other", limits: twoADay });
  await watch.start();
  await use(other.key.id);
  await use(other.key.id);
  expect(await heard(1)).toEqual([["other", "limited", "maxRequests"]]);
});
