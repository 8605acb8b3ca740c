import type { Clock } from "@copilot-llm/model";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { describe, expect, it } from "vitest";
import { McpSessions } from "./mcp-sessions.js";

const headers = { accept: "application/json, text/event-stream", "content-type": "application/json" };
const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

function start() {
  let nowMs = 0;
  let count = 0;
  let closed = 0;
  const hold: ((characters: number) => void)[] = [];
  const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, schedule: () => () => {} };
  const sessions = new McpSessions({
    createServer(onMore) {
      hold.push(onMore);
      const server = new McpServer({ name: "test", version: "1" });
      server.server.onclose = () => {
        closed += 1;
      };
      return server;
    },
    createId: () => `session-${count++}`,
    clock,
  });
  return {
    sessions,
    /** By the order of their beginning. */
    hold,
    closed: () => closed,
    advance: (byMs: number) => {
      nowMs += byMs;
    },
    begin: async (ownerId: string) => {
      const transport = await sessions.begin(ownerId);
      const request = new Request("http://localhost/mcp", {
        method: "POST",
        headers,
        body: JSON.stringify(initialize),
      });
      await (await transport.handleRequest(request)).text();
      return transport.sessionId ?? "";
    },
    has: (id: string, ownerId: string) => {
      const session = sessions.use(id, ownerId);
      session?.release();
      return session !== null;
    },
  };
}

describe("MCP sessions", () => {
  it("belong to whoever began them", async () => {
    const { begin, has } = start();
    const id = await begin("alice");
    expect([has(id, "alice"), has(id, "bob"), has("unknown", "alice")]).toEqual([true, false, false]);
  });

  it("end after an hour without use", async () => {
    const { begin, has, advance, closed } = start();
    const [used, unused] = [await begin("alice"), await begin("alice")];
    advance(40 * 60_000);
    expect(has(used, "alice")).toBe(true);
    advance(40 * 60_000);
    await begin("alice");
    expect([has(used, "alice"), has(unused, "alice"), closed()]).toEqual([true, false, 1]);
  });

  it("of one owner make room for that owner's next, the longest unused first", async () => {
    const { begin, has } = start();
    const other = await begin("bob");
    const ids: string[] = [];
    for (let index = 0; index < 100; index += 1) ids.push(await begin("alice"));
    expect(has(ids[0] ?? "", "alice")).toBe(true);
    await begin("alice");
    expect([has(ids[0] ?? "", "alice"), has(ids[1] ?? "", "alice"), has(other, "bob")]).toEqual([true, false, true]);
  });

  it("end for what is said in others, the longest unused first, those that hold nothing and busy ones not at all", async () => {
    const { begin, has, hold, sessions, closed } = start();
    const full = 2 * 1024 * 1024;
    const ids: string[] = [];
    for (let index = 0; index < 34; index += 1) ids.push(await begin("alice"));
    const [empty = "", busy = "", first = "", second = ""] = ids;
    sessions.use(busy, "alice");
    // Together all that may be held, however often one of them forgets and goes on.
    for (let at = 1; at <= 32; at += 1) hold[at]?.(full);
    hold[2]?.(full);
    expect(closed()).toBe(0);
    hold[33]?.(1);
    expect(closed()).toBe(1);
    expect([empty, busy, first, second].map((id) => has(id, "alice"))).toEqual([true, true, false, true]);
  });

  it("are refused when every one is busy", async () => {
    const { begin, sessions } = start();
    for (let index = 0; index < 100; index += 1) sessions.use(await begin("alice"), "alice");
    await expect(begin("alice")).rejects.toThrowError(expect.objectContaining({ code: "unavailable" }));
  });
});
