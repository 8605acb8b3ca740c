import assert from "node:assert/strict";
import type { RequestRecord } from "@copilot-llm/model";
import type { LedgerEntry, RecordedRequest } from "../interfaces/ledger.js";
import type { SessionFilter } from "../interfaces/sessions.js";
import type { Stores } from "../interfaces/stores.js";
import { sampleCharges, sampleEntry, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const dayMs = 86_400_000;

/** The request with this number of the conversation with this name; later numbers began later. */
function turn(conversationId: string, number: number, changes: Partial<RequestRecord> = {}): LedgerEntry {
  const startedAtMs = sampleStartMs + number * 1000;
  return sampleEntry(number, { conversationId, startedAtMs, ...changes });
}

function withBodies(entry: LedgerEntry, request: string, response: string): LedgerEntry {
  const record: RequestRecord = { ...entry.record, recording: "full" };
  return { ...entry, record, bodies: { request: Buffer.from(request), response: Buffer.from(response) } };
}

async function listIds({ sessions }: Stores, filter: SessionFilter = {}): Promise<string[]> {
  const page = await sessions.list({ limit: 100, ...filter });
  return page.sessions.map(({ id }) => id);
}

async function exportAll({ sessions }: Stores, filter: SessionFilter = {}): Promise<RecordedRequest[]> {
  const exported: RecordedRequest[] = [];
  for await (const recorded of sessions.export(filter)) exported.push(recorded);
  return exported;
}

async function listInPages({ sessions }: Stores, limit: number, filter: SessionFilter = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await sessions.list({ limit, ...filter, ...(cursor === null ? {} : { cursor }) });
    ids.push(...page.sessions.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

export function sessionContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("sessions", () => {
    it(
      "are found by their opening with their last request, the highest id first",
      withStores(async (stores, { reopen }) => {
        const last = turn("key_a:x:3", 4);
        for (const entry of [turn("key_a:x:1", 1), turn("key_a:x:3", 2), turn("key_a:xx:9", 3), last])
          await stores.ledger.append(entry);
        await stores.ledger.append(turn("key_a:x:2", 5));
        await stores.ledger.append(turn("key_a:x:4", 6, { recording: "off" }));
        const check = async ({ sessions }: Stores) => {
          const found = await sessions.withOpening("key_a:x", 2);
          assert.deepEqual(
            found.map(({ conversationId }) => conversationId),
            ["key_a:x:3", "key_a:x:2"],
          );
          assert.equal(found[0]?.requestId, last.record.id);
          assert.deepEqual(await sessions.withOpening("key_a:", 2), []);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "are the requests of one conversation, added up, the last recorded first",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(turn("a", 1));
        await stores.ledger.append(turn("b", 2));
        await stores.ledger.append(
          turn("a", 3, { modelUsed: "gpt-5-mini", outcome: "failed", tokenAlias: "z", tokenId: "tok_z" }),
        );
        const check = async (current: Stores) => {
          assert.deepEqual(await listIds(current), ["a", "b"]);
          const [first] = (await current.sessions.list({ limit: 1 })).sessions;
          assert.deepEqual(first, {
            id: "a",
            firstAtMs: sampleStartMs + 1000,
            lastAtMs: sampleStartMs + 3000,
            requests: 2,
            errors: 1,
            inputTokens: 200,
            outputTokens: 40,
            premiumUnits: 0.66,
            nanoAiu: 4_000_000,
            models: ["gpt-5-mini", "gpt-5"],
            tokenAliases: ["z", "a"],
            latest: first?.latest,
          });
          assert.equal(first?.latest.startedAtMs, sampleStartMs + 3000);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "are found with their records in order, and not under another id",
      withStores(async (stores, { reopen }) => {
        const entries = [turn("a", 1), turn("a", 2), turn("b", 3), turn("a", 4)];
        for (const entry of entries) await stores.ledger.append(entry);
        const { sessions } = await reopen();
        const found = await sessions.find("a");
        assert.deepEqual(found?.records, [entries[0]?.record, entries[1]?.record, entries[3]?.record]);
        assert.equal(found?.summary.requests, 3);
        assert.equal(await sessions.find("unknown"), null);
      }),
    );

    it(
      "leave out requests that are not to be recorded",
      withStores(async (stores) => {
        await stores.ledger.append(turn("a", 1, { recording: "off" }));
        await stores.ledger.append(turn("b", 2));
        assert.deepEqual(await listIds(stores), ["b"]);
        assert.equal(await stores.sessions.find("a"), null);
      }),
    );

    it(
      "come in pages of any size without a gap or a repetition",
      withStores(async (stores, { reopen }) => {
        for (let number = 0; number < 40; number += 1) {
          const entry = withBodies(turn(`c${(number * 7) % 13}`, number), number % 2 === 0 ? "even" : "odd", "");
          await stores.ledger.append(entry);
        }
        const current = await reopen();
        const all = await listIds(current);
        assert.equal(new Set(all).size, 13);
        for (const limit of [1, 2, 5, 13]) {
          assert.deepEqual(await listInPages(current, limit), all);
          assert.deepEqual(
            await listInPages(current, limit, { text: "even" }),
            await listIds(current, { text: "even" }),
          );
        }
        await assert.rejects(current.sessions.list({ limit: 1, cursor: "nonsense!" }), { code: "invalid_request" });
      }),
    );

    it(
      "are filtered by what holds for one and the same request",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(turn("a", 1, { modelUsed: "m1", protocol: "anthropic-messages" }));
        await stores.ledger.append(turn("a", 2, { modelUsed: "m2", outcome: "aborted" }));
        await stores.ledger.append(
          turn("b", 3, { keyId: null, keyAlias: "legacy", tokenId: "tok_b", modelUsed: null }),
        );
        const current = await reopen();
        const cases: readonly (readonly [SessionFilter, readonly string[]])[] = [
          [{ model: "m1" }, ["a"]],
          [{ model: "m3" }, []],
          [{ model: "m1", outcome: "aborted" }, []],
          [{ outcome: "aborted" }, ["a"]],
          [{ outcome: "completed" }, ["b", "a"]],
          [{ key: "legacy" }, ["b"]],
          [{ key: "key_a" }, ["a"]],
          [{ tokenId: "tok_b" }, ["b"]],
          [{ protocol: "anthropic-messages" }, ["a"]],
          [{ fromMs: sampleStartMs + 3000 }, ["b"]],
          [{ toMs: sampleStartMs + 3000 }, ["a"]],
          [{ fromMs: sampleStartMs + 2001, toMs: sampleStartMs + 3000 }, []],
        ];
        for (const [filter, expected] of cases) assert.deepEqual(await listIds(current, filter), expected);
        assert.deepEqual(await current.sessions.filterOptions(), {
          models: ["m1", "m2"],
          keys: [
            { id: "key_a", label: "a" },
            { id: "legacy", label: "legacy" },
          ],
          tokens: [
            { id: "tok_a", label: "a" },
            { id: "tok_b", label: "a" },
          ],
        });
      }),
    );

    it(
      "tell how far back a search has looked while it goes on",
      withStores(async (stores) => {
        for (const [number, name] of ["a", "b", "b", "c"].entries()) {
          await stores.ledger.append(turn(name, number, { userAgent: "~~" }));
        }
        const page = (query: object) => stores.sessions.list({ limit: 1, text: "~~", ...query });
        const first = await page({});
        assert.deepEqual([first.sessions.map(({ id }) => id), first.searchedToMs], [["c"], sampleStartMs + 3000]);
        const second = await page({ cursor: first.nextCursor ?? "" });
        assert.equal(second.sessions[0]?.id, "b");
        const searchedToMs = second.searchedToMs ?? 0;
        assert.ok(searchedToMs > sampleStartMs && searchedToMs < sampleStartMs + 3000);
        const last = await page({ cursor: second.nextCursor ?? "" });
        assert.deepEqual([last.sessions[0]?.id, last.nextCursor, last.searchedToMs], ["a", null, null]);
        const plain = await stores.sessions.list({ limit: 1 });
        assert.deepEqual([plain.nextCursor === null, plain.searchedToMs], [false, null]);
      }),
    );

    it(
      "are filtered by error code, by client and by their own id",
      withStores(async (stores, { reopen }) => {
        const failed: Partial<RequestRecord> = { outcome: "failed", errorCode: "limit_exceeded" };
        await stores.ledger.append(
          turn("a", 1, { ...failed, userAgent: 'Claude-Code/2.1 ("É" \\)', modelAsked: "\u0000" }),
        );
        await stores.ledger.append(turn("a", 2, { userAgent: "codex/1" }));
        await stores.ledger.append(turn("b", 3, { ...failed, errorCode: "no_token_available", userAgent: null }));
        await stores.ledger.append(
          turn("c", 4, { userAgent: null, keyAlias: '"errorCode":"limit_exceeded","userAgent":"codex"' }),
        );
        const check = async (current: Stores) => {
          const cases: readonly (readonly [SessionFilter, readonly string[]])[] = [
            [{ errorCode: "limit_exceeded" }, ["a"]],
            [{ errorCode: "no_token_available" }, ["b"]],
            [{ errorCode: "invalid_request" }, []],
            [{ client: "claude-CODE" }, ["a"]],
            [{ client: '("É" \\)' }, ["a"]],
            [{ client: "codex" }, ["a"]],
            [{ client: "codex", errorCode: "limit_exceeded" }, []],
            [{ client: "%" }, []],
            [{ conversationId: "b" }, ["b"]],
            [{ conversationId: "b", outcome: "completed" }, []],
          ];
          for (const [filter, expected] of cases) {
            assert.deepEqual(await listIds(current, filter), expected, JSON.stringify(filter));
            assert.deepEqual(await listIds(current, { ...filter, text: "gpt" }), expected, JSON.stringify(filter));
          }
          assert.equal((await exportAll(current, { client: "codex" })).length, 1);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "are searched for text in records and bodies, in any case and spelling",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(withBodies(turn("a", 1), '{"content":"The Quick \\"fox\\""}', "data: jumps"));
        await stores.ledger.append(withBodies(turn("b", 2), '{"content":"\\u4f60\\u597d"}', "data: grüße"));
        await stores.ledger.append(turn("c", 3, { userAgent: "robot/7" }));
        const current = await reopen();
        const cases: readonly (readonly [string, readonly string[]])[] = [
          ["quick", ["a"]],
          ['"FOX"', ["a"]],
          ["JUMPS", ["a"]],
          ["你好", ["b"]],
          ["GRÜSSE".toLowerCase().replace("ss", "ß"), ["b"]],
          ["Robot/7", ["c"]],
          ["data:", ["b", "a"]],
          ["nowhere", []],
        ];
        for (const [text, expected] of cases) assert.deepEqual(await listIds(current, { text }), expected, text);
        assert.deepEqual(await listIds(current, { text: "data:", toMs: sampleStartMs + 1001 }), ["a"]);
      }),
    );

    it(
      "are searched for text that a stream tells in pieces",
      withStores(async (stores) => {
        const streams: readonly (readonly [string, readonly string[]])[] = [
          [
            "chat",
            ["hippo", "pot", 'amus "s\\n'].map((content) => JSON.stringify({ choices: [{ delta: { content } }] })),
          ],
          ["messages", ["rhin", "oceros"].map((text) => JSON.stringify({ delta: { type: "text_delta", text } }))],
          ["responses", ["croco", "dile \u4f60"].map((delta) => JSON.stringify({ type: "output_text.delta", delta }))],
          [
            "call",
            ['{\\"city\\": \\"Par', 'is\\"}'].map((partial_json) => JSON.stringify({ delta: { partial_json } })),
          ],
        ];
        for (const [index, [id, events]] of streams.entries()) {
          const stream = events.map((event) => `event: piece\ndata: ${event}\n\n`).join("");
          await stores.ledger.append(withBodies(turn(id, index + 1), "{}", stream));
        }
        for (const [text, expected] of [
          ['Hippopotamus "s', ["chat"]],
          ["RHINOceros", ["messages"]],
          ["crocodile 你", ["responses"]],
          ["paris", ["call"]],
          ["hippopotamus rhinoceros", []],
        ] as const) {
          assert.deepEqual(await listIds(stores, { text }), expected, text);
        }
      }),
    );

    it(
      "are exported request by request, oldest first, with bodies",
      withStores(async (stores, { reopen }) => {
        const entries = [withBodies(turn("a", 1), "q1", "r1"), turn("b", 2), withBodies(turn("a", 3), "q3", "r3")];
        for (const entry of entries) await stores.ledger.append(entry);
        const current = await reopen();
        const exported = await exportAll(current);
        assert.deepEqual(
          exported.map(({ record }) => record),
          entries.map(({ record }) => record),
        );
        assert.equal(Buffer.from(exported[2]?.bodies?.response ?? []).toString(), "r3");
        const searched = await exportAll(current, { text: "q3", key: "key_a" });
        assert.deepEqual(
          searched.map(({ record }) => record.id),
          [entries[2]?.record.id],
        );
      }),
    );

    it(
      "that are removed are gone for good, while usage and statistics stay",
      withStores(async (stores, { reopen }) => {
        const secret = withBodies(turn("a", 1), "a secret plan", "");
        await stores.ledger.append(secret);
        await stores.ledger.append(turn("b", 2));
        assert.equal(await stores.sessions.remove(["a", "a", "unknown"], null), 1);
        assert.equal(await stores.sessions.remove(["a"], null), 0);
        const check = async (current: Stores) => {
          assert.deepEqual(await listIds(current), ["b"]);
          assert.deepEqual(await listIds(current, { text: "secret" }), []);
          assert.equal(await current.sessions.find("a"), null);
          assert.equal(await current.ledger.findRecord(secret.record.id), null);
          assert.equal((await exportAll(current)).length, 1);
          const usage = await current.ledger.usageByKey(["key_a"], sampleStartMs);
          assert.equal(usage.get("key_a")?.lifetime.requests, 2);
          const { totals } = await current.statistics.report({
            fromMs: 0,
            toMs: sampleStartMs + dayMs,
            groupBy: "day",
          });
          assert.equal(totals.requests, 2);
          await current.ledger.append(secret);
          const again = await current.ledger.usageByKey(["key_a"], sampleStartMs);
          assert.equal(again.get("key_a")?.lifetime.requests, 2);
        };
        await check(stores);
        await check(await reopen());
      }),
    );

    it(
      "begin anew when a removed conversation goes on",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(turn("a", 1));
        await stores.sessions.remove(["a"], null);
        await stores.ledger.append(turn("a", 2));
        const { sessions } = await reopen();
        assert.equal((await sessions.find("a"))?.summary.requests, 1);
      }),
    );

    it(
      "expire by age, while younger ones, usage and statistics stay",
      withStores(async (stores, { clock, reopen }) => {
        const old = withBodies(turn("old", 1), "q", "r");
        await stores.ledger.append(old);
        clock.advance(10 * dayMs);
        // A backend may need to see time pass before it can let go of what is old.
        for (let day = 0; day < 3; day += 1) {
          await stores.ledger.expire(clock.nowMs() - 5 * dayMs);
          await stores.ledger.append(turn("young", 10 + day, { startedAtMs: clock.nowMs() }));
          clock.advance(dayMs);
        }
        const current = await reopen();
        await current.ledger.expire(clock.nowMs() - 5 * dayMs);
        const check = async (latest: Stores) => {
          assert.deepEqual(await listIds(latest), ["young"]);
          assert.equal(await latest.ledger.findRecord(old.record.id), null);
          const usage = await latest.ledger.usageByKey(["key_a"], clock.nowMs());
          assert.deepEqual(
            usage.get("key_a")?.lifetime,
            sampleCharges({ requests: 4, premiumUnits: 1.32, nanoAiu: 8_000_000, tokens: 480 }),
          );
          const { totals } = await latest.statistics.report({ fromMs: 0, toMs: clock.nowMs(), groupBy: "day" });
          assert.equal(totals.requests, 4);
        };
        await check(current);
        await check(await reopen());
      }),
    );

    it(
      "may be called off while they expire: the next time goes on",
      withStores(async (stores, { clock, reopen }) => {
        await stores.ledger.append(withBodies(turn("old", 1), "q", "r"));
        const current = await reopen();
        clock.advance(10 * dayMs);
        const calledOff = new AbortController();
        const expiring = current.ledger.expire(clock.nowMs() - 5 * dayMs, calledOff.signal);
        calledOff.abort();
        await expiring;
        await current.ledger.expire(clock.nowMs() - 5 * dayMs, AbortSignal.abort());
        await current.ledger.append(turn("young", 2, { startedAtMs: clock.nowMs() }));
        await current.ledger.expire(clock.nowMs() - 5 * dayMs);
        assert.equal(await current.ledger.findRecord(turn("old", 1).record.id), null);
        assert.deepEqual(await listIds(current), ["young"]);
      }),
    );
  });
}
