import assert from "node:assert/strict";
import type { LimitClaim, LimitWindow } from "@copilot-llm/model";
import { countWinners } from "./race.js";
import { sampleCharges, sampleEntry, sampleRecord, sampleReservation, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const minuteMs = 60_000;
const dayMs = 86_400_000;

function requestsClaim(window: LimitWindow, limit: number): LimitClaim {
  return { unit: "requests", window, limit };
}

export function reservationContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("reservations", () => {
    for (const window of ["lifetime", "day", "month", "minute", "open"] as const) {
      it(
        `never pass a limit per ${window}, however many ask at once`,
        withStores(async ({ ledger }) => {
          const claims = [requestsClaim(window, 10)];
          const granted = await countWinners(100, async (index) => {
            const result = await ledger.reserve(sampleReservation(index, { claims }));
            return result.granted;
          });
          assert.equal(granted, 10);
        }),
      );
    }

    it(
      "take from all claims or from none",
      withStores(async ({ ledger }) => {
        const wide = requestsClaim("lifetime", 10);
        const tight: LimitClaim = { unit: "tokens", window: "day", limit: 100 };
        const result = await ledger.reserve(sampleReservation(1, { claims: [wide, tight] }));
        assert.equal(result.granted, false);
        assert.deepEqual(result.granted || result.refused, {
          claim: tight,
          used: 0,
          resetAtMs: Date.UTC(2026, 2, 11),
        });
        const again = await ledger.reserve(sampleReservation(2, { claims: [wide] }));
        assert.deepEqual(again.usage, [{ claim: wide, used: 1, resetAtMs: null }]);
      }),
    );

    it(
      "overdraw an estimated claim by one request's excess at most, and never refuse a fresh one out of hand",
      withStores(async ({ ledger }) => {
        const claims: LimitClaim[] = [{ unit: "tokens", window: "lifetime", limit: 100, isEstimate: true }];
        const amounts = sampleCharges({ tokens: 32_000 });
        const granted = await countWinners(20, async (index) => {
          const result = await ledger.reserve(sampleReservation(index, { claims, amounts }));
          return result.granted;
        });
        assert.equal(granted, 1);
      }),
    );

    it(
      "tell where each claim stands and when its window makes room",
      withStores(async ({ ledger }) => {
        const claims = [requestsClaim("month", 5), requestsClaim("minute", 2), requestsClaim("open", 3)];
        await ledger.reserve(sampleReservation(1, { claims }));
        const granted = await ledger.reserve(sampleReservation(2, { claims, atMs: sampleStartMs + 1000 }));
        assert.deepEqual(
          granted.usage.map(({ used, resetAtMs }) => [used, resetAtMs]),
          [
            [2, Date.UTC(2026, 3, 1)],
            [2, sampleStartMs + minuteMs],
            [2, null],
          ],
        );
        const refused = await ledger.reserve(sampleReservation(3, { claims, atMs: sampleStartMs + 2000 }));
        assert.equal(refused.granted, false);
        assert.equal(refused.granted || refused.refused.resetAtMs, sampleStartMs + minuteMs);
      }),
    );

    it(
      "make room in the minute exactly 60 s after they were made",
      withStores(async ({ ledger }) => {
        const claims = [requestsClaim("minute", 1)];
        assert.equal((await ledger.reserve(sampleReservation(1, { claims }))).granted, true);
        const early = sampleReservation(2, { claims, atMs: sampleStartMs + minuteMs - 1 });
        assert.equal((await ledger.reserve(early)).granted, false);
        const due = sampleReservation(3, { claims, atMs: sampleStartMs + minuteMs });
        assert.equal((await ledger.reserve(due)).granted, true);
      }),
    );

    it(
      "count for their own day and month only",
      withStores(async ({ ledger }) => {
        const claims = [requestsClaim("day", 1), requestsClaim("month", 2)];
        assert.equal((await ledger.reserve(sampleReservation(1, { claims }))).granted, true);
        assert.equal((await ledger.reserve(sampleReservation(2, { claims }))).granted, false);
        const nextDay = sampleReservation(3, { claims, atMs: sampleStartMs + dayMs });
        assert.equal((await ledger.reserve(nextDay)).granted, true);
        const dayAfter = await ledger.reserve(sampleReservation(4, { claims, atMs: sampleStartMs + 2 * dayMs }));
        assert.equal(dayAfter.granted || dayAfter.refused.claim.window, "month");
      }),
    );

    it(
      "add up fractions of premium units without losing the last one that fits",
      withStores(async ({ ledger }) => {
        const claims: LimitClaim[] = [{ unit: "premiumUnits", window: "lifetime", limit: 0.3 }];
        const amounts = sampleCharges({ premiumUnits: 0.1 });
        const granted = await countWinners(5, async (index) => {
          const result = await ledger.reserve(sampleReservation(index, { claims, amounts }));
          return result.granted;
        });
        assert.equal(granted, 3);
      }),
    );

    it(
      "give everything back when released",
      withStores(async ({ ledger }) => {
        const claims = (["lifetime", "day", "month", "minute", "open"] as const).map((window) =>
          requestsClaim(window, 1),
        );
        const first = sampleReservation(1, { claims });
        await ledger.reserve(first);
        await ledger.release(first.id);
        await ledger.release(first.id);
        await ledger.release("unknown");
        assert.equal((await ledger.reserve(sampleReservation(2, { claims }))).granted, true);
        assert.equal((await ledger.reserve(sampleReservation(3, { claims }))).granted, false);
      }),
    );

    it(
      "are replaced by the actual charges when the request is appended",
      withStores(async ({ ledger }) => {
        const claims: LimitClaim[] = [
          { unit: "tokens", window: "lifetime", limit: 1000 },
          { unit: "tokens", window: "minute", limit: 1000 },
          { unit: "tokens", window: "open", limit: 1000 },
        ];
        const reservation = sampleReservation(1, { claims, amounts: sampleCharges({ tokens: 1000 }) });
        await ledger.reserve(reservation);
        const next = sampleReservation(2, { claims, amounts: sampleCharges({ tokens: 700 }) });
        assert.equal((await ledger.reserve(next)).granted, false);
        const record = sampleRecord(1, { id: reservation.id });
        await ledger.append({ record, bodies: null, charges: sampleCharges({ tokens: 300 }) });
        const result = await ledger.reserve(next);
        assert.equal(result.granted, true);
        assert.deepEqual(
          result.usage.map(({ used }) => used),
          [1000, 1000, 700],
        );
      }),
    );

    it(
      "cost nothing when the request failed",
      withStores(async ({ ledger }) => {
        const claims = [requestsClaim("lifetime", 1), requestsClaim("minute", 1)];
        const reservation = sampleReservation(1, { claims });
        await ledger.reserve(reservation);
        const charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };
        await ledger.append({
          record: sampleRecord(1, { id: reservation.id, outcome: "failed" }),
          bodies: null,
          charges,
        });
        assert.equal((await ledger.reserve(sampleReservation(2, { claims }))).granted, true);
      }),
    );

    it(
      "of one key leave another key alone",
      withStores(async ({ ledger }) => {
        const claims = [requestsClaim("lifetime", 1)];
        assert.equal((await ledger.reserve(sampleReservation(1, { claims }))).granted, true);
        assert.equal((await ledger.reserve(sampleReservation(2, { claims, keyId: "key_b" }))).granted, true);
      }),
    );

    it(
      "are refused twice for one id",
      withStores(async ({ ledger }) => {
        await ledger.reserve(sampleReservation(1));
        await assert.rejects(ledger.reserve(sampleReservation(1)), { code: "conflict" });
      }),
    );

    it(
      "still count what was charged before a restart",
      withStores(async (stores, { reopen }) => {
        for (let sequence = 0; sequence < 3; sequence += 1) await stores.ledger.append(sampleEntry(sequence));
        const { ledger } = await reopen();
        for (const window of ["lifetime", "day", "month", "minute"] as const) {
          const claims = [requestsClaim(window, 3)];
          const result = await ledger.reserve(sampleReservation(10, { claims, atMs: sampleStartMs + 1000 }));
          assert.equal(result.granted, false, window);
        }
        const claims = [requestsClaim("minute", 3)];
        const later = sampleReservation(11, { claims, atMs: sampleStartMs + minuteMs });
        assert.equal((await ledger.reserve(later)).granted, true);
      }),
    );

    it(
      "start again from zero after a reset, while the rate goes on",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(sampleEntry(1));
        await stores.ledger.resetKeyUsage("key_a", sampleStartMs + 1, null);
        const { ledger } = await reopen();
        const claims = (["lifetime", "day", "month"] as const).map((window) => requestsClaim(window, 1));
        const rate = [requestsClaim("minute", 1)];
        assert.equal(
          (await ledger.reserve(sampleReservation(2, { claims: rate, atMs: sampleStartMs + 2 }))).granted,
          false,
        );
        assert.equal((await ledger.reserve(sampleReservation(3, { claims, atMs: sampleStartMs + 2 }))).granted, true);
      }),
    );

    for (const window of ["lifetime", "day", "month", "minute", "open"] as const) {
      it(
        `never let the keys of a team pass its limit per ${window}, however many ask at once`,
        withStores(async ({ ledger }) => {
          const keyIds = Array.from({ length: 10 }, (_, index) => `key_${index}`);
          const team = { id: "team_1", keyIds };
          const claims: LimitClaim[] = [requestsClaim(window, 8), { ...requestsClaim(window, 50), isOfTeam: true }];
          const granted = await countWinners(200, async (index) => {
            const keyId = keyIds[index % 10] ?? "";
            const result = await ledger.reserve(sampleReservation(index, { keyId, claims, team }));
            return result.granted;
          });
          assert.equal(granted, 50);
        }),
      );
    }

    it(
      "count for a team what its keys were charged, and tell which limit was refused",
      withStores(async (stores, { reopen }) => {
        const team = { id: "team_1", keyIds: ["key_a", "key_b"] };
        const ofTeam: LimitClaim = { ...requestsClaim("day", 2), isOfTeam: true };
        await stores.ledger.append(sampleEntry(1, { keyId: "key_a" }));
        await stores.ledger.append(sampleEntry(2, { keyId: "key_c" }));
        const { ledger } = await reopen();
        const claims = [requestsClaim("day", 5), ofTeam];
        const second = await ledger.reserve(sampleReservation(3, { keyId: "key_b", claims, team }));
        assert.deepEqual(
          second.usage.map(({ used }) => used),
          [1, 2],
        );
        const third = await ledger.reserve(sampleReservation(4, { keyId: "key_b", claims, team }));
        assert.deepEqual(third.granted || third.refused.claim, ofTeam);
        await ledger.release(sampleReservation(3).id);
        assert.equal((await ledger.reserve(sampleReservation(5, { keyId: "key_a", claims, team }))).granted, true);
      }),
    );
  });
}
