import type { AuditEvent } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { type AuditQuery, searchAudit } from "./search-audit.js";

/** Of `count` events, the newest first, every third by ada. */
function trailOf(count: number) {
  const events: AuditEvent[] = Array.from({ length: count }, (_, index) => {
    const number = count - index;
    const byAda = number % 3 === 0;
    return {
      id: `evt_${String(number).padStart(6, "0")}`,
      atMs: number * 1_000,
      actor: byAda ? "ada" : "bob",
      action: byAda ? "api_key.update" : "user.sign_in",
      subjectId: byAda ? `key_${number}` : null,
      detail: byAda ? { alias: `Laptop ${number}` } : {},
    };
  });
  const store = {
    list: async ({ limit, before }: { limit: number; before?: string }) => {
      const from = before === undefined ? 0 : events.findIndex(({ id }) => id === before) + 1;
      return events.slice(from, from + limit);
    },
  };
  return (query: Partial<AuditQuery>) => searchAudit(store, { limit: 50, ...query });
}

const numbers = (events: readonly AuditEvent[]) => events.map(({ atMs }) => atMs / 1_000);

test("pages follow each other without a gap, and the last one says so", async () => {
  const search = trailOf(7);
  const first = await search({ limit: 3 });
  expect([numbers(first.events), first.nextCursor]).toEqual([[7, 6, 5], "evt_000005"]);
  const second = await search({ limit: 4, cursor: "evt_000005" });
  expect([numbers(second.events), second.nextCursor]).toEqual([[4, 3, 2, 1], null]);
});

test.each<[Partial<AuditQuery>, readonly number[]]>([
  [{ actor: "ada" }, [9, 6, 3]],
  [{ action: "api_key.update" }, [9, 6, 3]],
  [{ action: "api_key" }, [9, 6, 3]],
  [{ action: "api" }, []],
  [{ subjectId: "key_6" }, [6]],
  [{ text: "LAPTOP 3" }, [3]],
  [{ text: "sign_in", fromMs: 7_000 }, [10, 8, 7]],
  [{ actor: "ada", fromMs: 3_000, toMs: 9_000 }, [6, 3]],
  [{ actor: "ada", limit: 2 }, [9, 6]],
])("%o finds %j", async (query, expected) => {
  expect(numbers((await trailOf(10)(query)).events)).toEqual(expected);
});

test("a search that finds little goes on from where it has looked", async () => {
  const search = trailOf(12_000);
  const first = await search({ subjectId: "key_3" });
  expect(first).toEqual({ events: [], nextCursor: "evt_002001" });
  const second = await search({ subjectId: "key_3", cursor: first.nextCursor ?? "" });
  expect([numbers(second.events), second.nextCursor]).toEqual([[3], null]);
});

test("a filtered page that is full ends with its last event", async () => {
  const search = trailOf(10);
  const first = await search({ actor: "ada", limit: 2 });
  expect(first.nextCursor).toBe("evt_000006");
  expect(await search({ actor: "ada", limit: 2, cursor: "evt_000006" })).toMatchObject({
    events: [{ id: "evt_000003" }],
    nextCursor: null,
  });
});
