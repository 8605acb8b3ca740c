import { upstreamFailureKinds } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureOf, modelOf, premiumQuotaOf, requestOf } from "../testing/fixtures.js";
import { PoolFixture } from "../testing/pool-fixture.js";
import type { Lease } from "./lease.js";

const ids = ["a", "b", "c", "d"];
const models = [modelOf("premium"), modelOf("heavy", { multiplier: 3 }), modelOf("free", { multiplier: 0 })];
const maxConcurrencyPerToken = 3;

const tokenId = fc.constantFrom(...ids);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("lease" as const),
      modelId: fc.constantFrom("premium", "heavy", "free"),
      conversationId: fc.option(fc.constantFrom("x", "y", "z")),
      startsConversation: fc.boolean(),
      initiator: fc.constantFrom("user" as const, "agent" as const),
      onlyTokenIds: fc.option(fc.subarray(ids, { minLength: 1 })),
      triedTokenIds: fc.subarray(ids, { maxLength: 2 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("succeed" as const), pick: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("fail" as const),
      pick: fc.nat(),
      kind: fc.constantFrom(...upstreamFailureKinds),
      retryAfterMs: fc.option(fc.nat(600_000)),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("release" as const), pick: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.nat(120_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("enable" as const), tokenId, enabled: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("check" as const), tokenId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("quota" as const), tokenId, left: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("replace" as const), tokenId }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("bill" as const),
      tokenId,
      entityId: fc.constantFrom("acme", "other", "own"),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Drives a pool by random steps, and looks at every grant as it is made. */
class Driver {
  readonly fixture = new PoolFixture(ids, { models, maxConcurrencyPerToken, maxWaitMs: 30_000 });
  readonly open: Lease[] = [];
  unanswered = 0;

  async run(step: Step): Promise<void> {
    const { pool, clock } = this.fixture;
    switch (step.do) {
      case "lease":
        this.#lease(step);
        break;
      case "succeed":
        this.#withOpen(step.pick, (lease) => pool.reportSuccess(lease));
        break;
      case "fail":
        this.#withOpen(step.pick, (lease) => pool.reportFailure(lease, failureOf(step.kind, step.retryAfterMs)));
        break;
      case "release":
        this.#withOpen(step.pick, (lease) => this.#release(lease));
        break;
      case "advance":
        clock.advance(step.ms);
        break;
      case "enable":
        pool.setEnabled(step.tokenId, step.enabled);
        break;
      case "check":
        pool.markActive(step.tokenId);
        break;
      case "quota": {
        const resetAtMs = clock.nowMs() + 600_000;
        pool.setQuotas(step.tokenId, [premiumQuotaOf(step.left, clock.nowMs(), { resetAtMs, entitlement: 20 })]);
        break;
      }
      case "bill": {
        const entityId = step.entityId === "own" ? step.tokenId : step.entityId;
        pool.setBilling(step.tokenId, { entityId, accountId: step.tokenId, seatEntitlement: 20 });
        break;
      }
      case "replace":
        pool.removeToken(step.tokenId);
        for (const lease of this.open.filter((lease) => lease.tokenId === step.tokenId)) this.#release(lease);
        this.fixture.add(step.tokenId, models);
    }
    await Promise.resolve();
    await Promise.resolve();
  }

  #lease(step: Extract<Step, { do: "lease" }>): void {
    const { do: _, ...changes } = step;
    this.unanswered += 1;
    void this.fixture.pool.lease(requestOf(changes)).then((result) => {
      this.unanswered -= 1;
      if (!result.ok) return;
      this.open.push(result.lease);
      const { tokenId } = result.lease;
      expect(changes.triedTokenIds).not.toContain(tokenId);
      if (changes.onlyTokenIds !== null) expect(changes.onlyTokenIds).toContain(tokenId);
      expect(result.lease.model.id).toBe(changes.modelId);
    });
  }

  #release(lease: Lease): void {
    this.open.splice(this.open.indexOf(lease), 1);
    lease.release();
  }

  #withOpen(pick: number, use: (lease: Lease) => void): void {
    const lease = this.open[pick % Math.max(1, this.open.length)];
    if (lease !== undefined) use(lease);
  }
}

describe("whatever happens to a pool", () => {
  it("no token is overfilled, books are kept to the last lease, and nobody waits for ever", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const driver = new Driver();
        for (const next of steps) {
          await driver.run(next);
          for (const token of driver.fixture.pool.tokens()) {
            expect(token.inFlight).toBeLessThanOrEqual(maxConcurrencyPerToken);
            expect(token.inFlight).toBe(driver.open.filter(({ tokenId }) => tokenId === token.id).length);
          }
        }
        driver.fixture.clock.advance(30_000);
        for (let tick = 0; tick < 3; tick += 1) await Promise.resolve();
        expect(driver.unanswered).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("a lease is granted exactly when some token could serve, and never on one that rests or is switched off", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const driver = new Driver();
        for (const next of steps) {
          await driver.run(next);
          const { pool } = driver.fixture;
          const before = pool.tokens();
          const abort = new AbortController();
          const asked = pool.lease(requestOf({ modelId: "free", signal: abort.signal }));
          abort.abort();
          const result = await asked.catch(() => null);
          const able = before.filter(
            ({ state, inFlight, restingModels }) =>
              (state.status === "active" || state.status === "exhausted") &&
              inFlight < maxConcurrencyPerToken &&
              !restingModels.some(({ modelId }) => modelId === "free"),
          );
          if (result?.ok !== true) {
            expect(able).toEqual([]);
            continue;
          }
          expect(able.map(({ id }) => id)).toContain(result.lease.tokenId);
          result.lease.release();
        }
      }),
      { numRuns: 200 },
    );
  });

  it("every token belongs to one billing entity, which is there as long as it has tokens", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const driver = new Driver();
        for (const next of steps) await driver.run(next);
        const { pool } = driver.fixture;
        const entities = pool.entities();
        expect(entities.flatMap(({ tokenIds }) => tokenIds).sort()).toEqual(ids);
        for (const token of pool.tokens()) {
          expect(entities.find(({ id }) => id === token.entityId)?.tokenIds).toContain(token.id);
        }
      }),
    );
  });

  it("premium units granted never exceed what a token has left", async () => {
    const wish = fc.record({
      modelId: fc.constantFrom("premium", "heavy"),
      outcome: fc.constantFrom("succeed" as const, "fail" as const, "vanish" as const, "stay" as const),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(15), { minLength: 1, maxLength: 4 }),
        fc.array(wish, { maxLength: 80 }),
        fc.boolean(),
        async (quotas, wishes, isShared) => {
          const fixture = new PoolFixture(ids.slice(0, quotas.length), { models });
          const resetAtMs = fixture.clock.nowMs() + 1e9;
          quotas.forEach((left, index) => {
            const id = ids[index] ?? "";
            if (isShared) fixture.pool.setBilling(id, { entityId: "acme", accountId: id, seatEntitlement: null });
            fixture.pool.setQuotas(id, [premiumQuotaOf(left, fixture.clock.nowMs(), { resetAtMs })]);
          });
          const spent = new Map<string, number>();
          for (const { modelId, outcome } of wishes) {
            const result = await fixture.pool.lease(requestOf({ modelId }));
            if (!result.ok) continue;
            const { lease } = result;
            if (outcome === "fail") fixture.pool.reportFailure(lease, failureOf("rejected"));
            else spent.set(lease.tokenId, (spent.get(lease.tokenId) ?? 0) + (lease.model.billing.multiplier ?? 0));
            if (outcome === "succeed") fixture.pool.reportSuccess(lease);
            if (outcome !== "stay") lease.release();
          }
          const allSpent = [...spent.values()].reduce((sum, units) => sum + units, 0);
          if (isShared) expect(allSpent).toBeLessThanOrEqual(quotas.at(-1) ?? 0);
          else {
            quotas.forEach((left, index) => {
              expect(spent.get(ids[index] ?? "") ?? 0).toBeLessThanOrEqual(left);
            });
          }
        },
      ),
    );
  });
});
