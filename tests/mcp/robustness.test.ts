import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { descendantsOf, isRunning } from "../testing/process-tree.ts";
import { githubTokenOf } from "../testing/serving.ts";
import { mcpProgram } from "./connect-stdio.ts";

type Message = { readonly id?: unknown; readonly result?: unknown; readonly error?: { readonly code: number } };

let simulator: Simulator;
let directory: string;
let server: ChildProcessWithoutNullStreams;
let messages: Message[];
let exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

beforeEach(async () => {
  simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
  directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-mcp-e2e-"));
  server = spawn(process.execPath, [mcpProgram], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      DATA_DIR: path.join(directory, "data"),
      COPILOT_API_URL: simulator.url,
      GITHUB_API_URL: simulator.url,
      GITHUB_TOKEN: githubTokenOf("alice"),
    },
  });
  messages = [];
  createInterface({ input: server.stdout }).on("line", (line) => messages.push(JSON.parse(line) as Message));
  exited = new Promise((resolve) => server.once("exit", (code, signal) => resolve({ code, signal })));
  server.stdin.on("error", () => undefined);
});
afterEach(async () => {
  server.kill("SIGKILL");
  await exited;
  await simulator.close();
  rmSync(directory, { recursive: true, force: true });
});

const send = (message: unknown): void => {
  server.stdin.write(`${typeof message === "string" ? message : JSON.stringify(message)}\n`);
};
const answerTo = (id: number): Promise<Message> =>
  vi.waitUntil(() => messages.find((message) => message.id === id), { timeout: 20_000 });
const chat = (id: number, message: string) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "chat", arguments: { message } },
});

async function initialize(): Promise<void> {
  const clientInfo = { name: "raw", version: "1.0.0" };
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  send({ jsonrpc: "2.0", id: 0, method: "initialize", params });
  await answerTo(0);
  send({ jsonrpc: "2.0", method: "notifications/initialized" });
}

/** The SDK runtime's processes, once a chat is on its way upstream. */
async function startSlowChat(): Promise<number[]> {
  await initialize();
  send(chat(1, "sim: long 2000\nsim: delay 50"));
  await simulator.requests.waitFor(({ path }) => path === "/chat/completions");
  const runtime = descendantsOf(server.pid ?? 0);
  expect(runtime).not.toEqual([]);
  return runtime;
}

const expectGone = (pids: readonly number[]) =>
  expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);

describe("the stdio server", () => {
  it("answers what it cannot read, and goes on", async () => {
    await initialize();
    for (const garbage of ["garbage", '{"jsonrpc":"2.0"', "[]", "null", "\u0000\u0001", ""]) send(garbage);
    send({ jsonrpc: "1.0", id: 7, method: "tools/list" });
    server.stdin.write(Buffer.from([0xff, 0xfe, 0x0a]));
    send({ jsonrpc: "2.0", id: 8, method: "tools/list" });
    expect(await answerTo(8)).toHaveProperty("result.tools");
    expect(messages.find(({ id }) => id === 7)?.error?.code).toBe(-32600);
    expect(messages.filter(({ id }) => id === null).map(({ error }) => error?.code)).toEqual([
      -32700, -32700, -32600, -32600, -32700, -32700,
    ]);
  });

  it("takes a message of many megabytes", async () => {
    await initialize();
    send(chat(1, "x".repeat(12 * 1024 * 1024)));
    // Longer than any model's context: the upstream's own refusal.
    expect(await answerTo(1)).toMatchObject({
      result: { isError: true, content: [{ text: expect.stringContaining("exceeds") }] },
    });
  });

  it("refuses a message that is too large, and goes on", async () => {
    await initialize();
    const megabyte = "x".repeat(1024 * 1024);
    for (let written = 0; written < 70; written += 1) {
      if (!server.stdin.write(megabyte)) await new Promise((resolve) => server.stdin.once("drain", resolve));
    }
    send("");
    send({ jsonrpc: "2.0", id: 9, method: "ping" });
    expect(await answerTo(9)).toHaveProperty("result");
    expect(messages.find(({ id }) => id === null)?.error?.code).toBe(-32600);
  });

  it("answers what came before the end of stdin, then ends", async () => {
    await initialize();
    send(chat(1, "last words"));
    server.stdin.end();
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(await answerTo(1)).toMatchObject({ result: { content: [{ text: "Echo: last words" }, {}] } });
  });

  it.each([
    ["stdin ends", () => server.stdin.end()],
    ["it gets SIGTERM", () => server.kill("SIGTERM")],
    ["nobody reads stdout", () => server.stdout.destroy()],
  ])("ends in the middle of a chat when %s, with its runtime and its files", async (_when, hangUp) => {
    const runtime = await startSlowChat();
    const [record] = simulator.requests.all().filter(({ path }) => path === "/chat/completions");
    hangUp();
    // Something must be written to notice that nobody reads.
    send({ jsonrpc: "2.0", id: 2, method: "ping" });
    expect(await exited).toEqual({ code: 0, signal: null });
    await record?.onAborted;
    await expectGone(runtime);
    expect(readdirSync(path.join(directory, "data"))).toEqual([]);
  });

  it("leaves no runtime behind when it is killed", async () => {
    const runtime = await startSlowChat();
    server.kill("SIGKILL");
    await expectGone(runtime);
  });
});
