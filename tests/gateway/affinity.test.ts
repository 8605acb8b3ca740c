import { afterEach, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

const conversations = 6;
const turns = 5;
const longText = "what a tool had to say ".repeat(20);
const model = "claude-sonnet-4.6";

let serving: Serving;
afterEach(() => serving.stop());

/**
 * Agent conversations side by side, each with its full history every turn. Returns the input tokens read from cache.
 * `plain` sends each request to the next token in turn, whatever conversation it belongs to.
 */
async function cacheReads(accounts: readonly string[], routing: "affinity" | "plain"): Promise<number> {
  serving = await startServing({ accounts, simulator: { promptCacheMinimumTokens: 0 } });
  const tokenIds = Object.values(await serving.admin.tokens()).map(({ id }) => id);
  const histories = Array.from({ length: conversations }, (_, index) => [
    { role: "user", content: `conversation ${index}: ${longText}` },
  ]);
  let sent = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, history] of histories.entries()) {
      const pinned = tokenIds[(sent + turn) % tokenIds.length] ?? "";
      const headers: Record<string, string> = routing === "plain" ? { "x-github-token-id": pinned } : {};
      const response = await serving.send("/openai/v1/chat/completions", { model, messages: history }, { headers });
      expect(response.status).toBe(200);
      const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
      history.push({ role: "assistant", content: choices[0]?.message.content ?? "" });
      history.push({ role: "user", content: `turn ${turn} of ${index}: ${longText}` });
      sent += 1;
    }
  }
  return serving.simulator.ledger.totals().cacheReadTokens;
}

describe("conversation affinity", () => {
  it("keeps at least 95% of the cache reads of a single token; plain round robin at most 40%", async () => {
    const alone = await cacheReads(["alice"], "affinity");
    await serving.stop();
    const plain = await cacheReads(["alice", "bob", "carol"], "plain");
    await serving.stop();
    const sticky = await cacheReads(["alice", "bob", "carol"], "affinity");
    const perToken = new Map<string, number>();
    for (const { account } of serving.simulator.ledger.entries()) {
      perToken.set(account, (perToken.get(account) ?? 0) + 1);
    }
    expect(alone).toBeGreaterThan(0);
    expect(sticky / alone).toBeGreaterThanOrEqual(0.95);
    expect(plain / alone).toBeLessThanOrEqual(0.4);
    expect([...perToken.values()]).toEqual([10, 10, 10]);
  });
});
