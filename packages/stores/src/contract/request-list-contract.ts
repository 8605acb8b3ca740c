import assert from "node:assert/strict";
import type { RequestRecord } from "@copilot-llm/model";
import type { LedgerEntry } from "../interfaces/ledger.js";
import type { SessionFilter } from "../interfaces/sessions.js";
import type { Stores } from "../interfaces/stores.js";
import { sampleEntry, sampleRequestId, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

/** The request with this number; later numbers began later. */
function entry(number: number, changes: Partial<RequestRecord> = {}, said: string | null = null): LedgerEntry {
  const made = sampleEntry(number, {
    startedAtMs: sampleStartMs + number * 1000,
    recording: said === null ? "metadata" : "full",
    ...changes,
  });
  return said === null ? made : { ...made, bodies: { request: Buffer.from(said), response: Buffer.from("data: ok") } };
}

const numberOf = ({ id }: RequestRecord) => Number(id.slice(-16));

async function listNumbers({ sessions }: Stores, filter: SessionFilter = {}): Promise<number[]> {
  const { requests } = await sessions.listRequests({ limit: 100, ...filter });
  return requests.map(numberOf);
}

async function listInPages({ sessions }: Stores, limit: number, filter: SessionFilter = {}): Promise<number[]> {
  const numbers: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await sessions.listRequests({ limit, ...filter, ...(cursor === null ? {} : { cursor }) });
    assert.ok(page.requests.length <= limit);
    numbers.push(...page.requests.map(numberOf));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return numbers;
}

export function requestListContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("a list of requests", () => {
    it(
      "has each as it was recorded, the last recorded first, without those that are not to be recorded",
      withStores(async (stores, { reopen }) => {
        const long = entry(1, { conversationId: "a", durationMs: 60_000 });
        const entries = [entry(2, { conversationId: "a" }), entry(3, { recording: "off" }), entry(4), long];
        for (const one of entries) await stores.ledger.append(one);
        const check = async ({ sessions }: Stores) => {
          const { requests, nextCursor, searchedToMs } = await sessions.listRequests({ limit: 10 });
          assert.deepEqual(requests, [long.record, entries[2]?.record, entries[0]?.record]);
          assert.deepEqual([nextCursor, searchedToMs], [null, null]);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "comes in pages of any size without a gap or a repetition, while others are recorded",
      withStores(async (stores, { reopen }) => {
        for (let number = 0; number < 40; number += 1) {
          await stores.ledger.append(
            entry(number, { conversationId: `c${number % 3}` }, number % 2 === 0 ? "even" : "odd"),
          );
        }
        const current = await reopen();
        const all = await listNumbers(current);
        assert.deepEqual(
          all,
          Array.from({ length: 40 }, (_, index) => 39 - index),
        );
        for (const limit of [1, 7, 40]) {
          assert.deepEqual(await listInPages(current, limit), all);
          assert.deepEqual(
            await listInPages(current, limit, { text: "even" }),
            all.filter((number) => number % 2 === 0),
          );
        }
        const first = await current.sessions.listRequests({ limit: 10 });
        await current.ledger.append(entry(50));
        const second = await current.sessions.listRequests({ limit: 10, cursor: first.nextCursor ?? "" });
        assert.deepEqual(second.requests.map(numberOf), all.slice(10, 20));
        await assert.rejects(current.sessions.listRequests({ limit: 1, cursor: "nonsense!" }), {
          code: "invalid_request",
        });
      }),
    );

    it(
      "is filtered by every part at once",
      withStores(async (stores, { reopen }) => {
        const failed: Partial<RequestRecord> = { outcome: "failed", errorCode: "limit_exceeded", modelUsed: null };
        await stores.ledger.append(entry(1, { ...failed, tokenId: null, tokenAlias: null, userAgent: "Codex/1" }));
        await stores.ledger.append(entry(2, { modelUsed: "m2", protocol: "anthropic-messages", tokenId: "tok_b" }));
        await stores.ledger.append(entry(3, { keyId: null, keyAlias: "legacy", outcome: "aborted" }));
        await stores.ledger.append(entry(4, { conversationId: "talk" }, "a question about hippos"));
        const check = async (current: Stores) => {
          const cases: readonly (readonly [SessionFilter, readonly number[]])[] = [
            [{ model: "m2" }, [2]],
            [{ key: "legacy" }, [3]],
            [{ key: "key_a" }, [4, 2, 1]],
            [{ tokenId: "tok_b" }, [2]],
            [{ protocol: "anthropic-messages" }, [2]],
            [{ outcome: "aborted" }, [3]],
            [{ errorCode: "limit_exceeded" }, [1]],
            [{ client: "codex" }, [1]],
            [{ conversationId: "talk" }, [4]],
            [{ fromMs: sampleStartMs + 2000, toMs: sampleStartMs + 4000 }, [3, 2]],
            [{ key: "key_a", outcome: "completed", toMs: sampleStartMs + 4000 }, [2]],
            [{ model: "m2", outcome: "failed" }, []],
            [{ text: "HIPPO" }, [4]],
            [{ text: "hippo", key: "legacy" }, []],
            [{ text: sampleRequestId(sampleStartMs + 2000, 2) }, [2]],
          ];
          for (const [filter, expected] of cases) {
            assert.deepEqual(await listNumbers(current, filter), expected, JSON.stringify(filter));
          }
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "is filtered by how long requests took and what they cost, each at least so much",
      withStores(async (stores, { reopen }) => {
        const attempts = [{ tokenId: "tok_a", status: 200, failure: null, durationMs: 90_000 }];
        await stores.ledger.append(entry(1, { durationMs: 0, nanoAiu: null, attempts }));
        await stores.ledger.append(entry(2, { durationMs: 4_999, nanoAiu: 1_999_999_999 }));
        await stores.ledger.append(entry(3, { durationMs: 5_000, nanoAiu: 2_000_000_000, conversationId: "slow" }));
        await stores.ledger.append(entry(4, { durationMs: 86_400_000, nanoAiu: 1, conversationId: "slow" }, "hippo"));
        const check = async (current: Stores) => {
          const cases: readonly (readonly [SessionFilter, readonly number[]])[] = [
            [{ minDurationMs: 0 }, [4, 3, 2, 1]],
            [{ minDurationMs: 5_000 }, [4, 3]],
            [{ minDurationMs: 86_400_001 }, []],
            [{ minNanoAiu: 1 }, [4, 3, 2]],
            [{ minNanoAiu: 2_000_000_000 }, [3]],
            [{ minDurationMs: 5_000, minNanoAiu: 2 }, [3]],
            [{ minDurationMs: 5_000, text: "hippo" }, [4]],
            [{ minNanoAiu: 2, text: "hippo" }, []],
          ];
          for (const [filter, expected] of cases) {
            assert.deepEqual(await listNumbers(current, filter), expected, JSON.stringify(filter));
            const { sessions } = await current.sessions.list({ limit: 10, ...filter });
            const conversations = new Set(expected.map((number) => (number > 2 ? "slow" : `conversation ${number}`)));
            assert.deepEqual(new Set(sessions.map(({ id }) => id)), conversations, JSON.stringify(filter));
          }
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "tells how far back a search has looked while it goes on",
      withStores(async (stores) => {
        for (let number = 0; number < 3; number += 1) await stores.ledger.append(entry(number, {}, "~~"));
        const page = (query: object) => stores.sessions.listRequests({ limit: 2, text: "~~", ...query });
        const first = await page({});
        assert.deepEqual([first.requests.map(numberOf), first.searchedToMs], [[2, 1], sampleStartMs + 1000]);
        const last = await page({ cursor: first.nextCursor ?? "" });
        assert.deepEqual([last.requests.map(numberOf), last.nextCursor, last.searchedToMs], [[0], null, null]);
      }),
    );

    it(
      "is without what was removed",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(entry(1, { conversationId: "gone" }, "a secret"));
        await stores.ledger.append(entry(2));
        await stores.sessions.remove(["gone"], null);
        const current = await reopen();
        assert.deepEqual(await listNumbers(current), [2]);
        assert.deepEqual(await listNumbers(current, { text: "secret" }), []);
      }),
    );
  });
}
