import path from "node:path";
import { pathToFileURL } from "node:url";
import { startSimulator } from "@copilot-llm/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { lengthOf } from "./lengths.ts";
import { peakMemoryMib } from "./process-figures.ts";

let serving: Serving;

beforeAll(async () => {
  const env = { UPSTREAM_CONNECT_TIMEOUT: "1s", UPSTREAM_FIRST_BYTE_TIMEOUT: "2s", UPSTREAM_IDLE_TIMEOUT: "2s" };
  serving = await startServing({ accounts: ["alice", "bob"], env });
});
afterAll(() => serving.stop());
afterEach(() => serving.simulator.faults.remove());

const shapes = [
  {
    path: "/openai/v1/chat/completions",
    body: (text: string) => chatBody(text), // The service's own error in the stream is passed on, and is the end.
    ending: /data: (\[DONE\]|\{"error"[^\n]*)\n\n$/,
  },
  {
    path: "/openai/v1/responses",
    body: (text: string) => ({ model: "gpt-5-mini", input: text }),
    ending: /"type":"(response\.(completed|failed|incomplete)|error)"[^\n]*\n\n$/,
  },
  {
    path: "/anthropic/v1/messages",
    body: (text: string) => ({ ...chatBody(text), model: "claude-sonnet-4.6", max_tokens: 1_000 }),
    // After its last event the service says `[DONE]` too.
    ending: /event: (message_stop|error)\ndata: [^\n]*\n\n(data: \[DONE\]\n\n)?$/,
  },
] as const;

const silent = { durationMs: 60_000 };
const faults = [
  { name: "hang" },
  { name: "slow-first-byte", durationMs: 60_000 },
  { name: "connection-reset" },
  { name: "garbage-json" },
  { name: "html-page" },
  { name: "answer-cut" },
  { name: "stream-cut", afterFrames: 2 },
  { name: "stream-eof", afterFrames: 2 },
  { name: "stream-error", afterFrames: 2 },
  { name: "stream-garbage", afterFrames: 2 },
  { name: "stream-silence", afterFrames: 2, ...silent },
] as const;

describe("an upstream that fails", () => {
  it.each(faults)("$name: every request ends, in its API's own words, and the next is served", async (fault) => {
    serving.simulator.faults.add(fault);
    const asked = shapes.flatMap((shape) => [true, false].map((stream) => ({ ...shape, stream })));
    const ends = await Promise.all(
      asked.map(async ({ path, body, stream, ending }) => {
        const response = await serving.send(path, { ...body("sim: long 30"), stream });
        const text = await response.text();
        const isWhole = response.ok && stream ? ending.test(text) : JSON.parse(text) !== null;
        return { path, stream, isWhole, isServerFault: response.status === 500, end: isWhole ? "" : text.slice(-600) };
      }),
    );
    expect(ends.filter(({ isWhole, isServerFault }) => !isWhole || isServerFault)).toEqual([]);
    serving.simulator.faults.remove();
    await expect
      .poll(async () => (await serving.send(shapes[0].path, chatBody("again"))).status, { timeout: 20_000 })
      .toBe(200);
  });

  it("a line without an end: the request ends, and the gateway has not kept the line", async () => {
    const bytes = lengthOf({ short: 20, full: 100 }) * 1024 * 1024;
    const pid = serving.gateway.process.pid ?? 0;
    const before = peakMemoryMib(pid);
    for (const { path, body } of shapes) {
      for (const stream of [true, false]) {
        serving.simulator.faults.add({ name: "long-line", bytes, times: 1 });
        const response = await serving.send(path, { ...body("hello"), stream });
        await response.text().catch(() => undefined);
      }
    }
    serving.simulator.faults.remove();
    expect((await serving.send(shapes[0].path, chatBody("again"))).status).toBe(200);
    expect(peakMemoryMib(pid) - before).toBeLessThan(1_000);
  }, 300_000);
});

describe("a name that cannot be resolved", () => {
  it("stops neither the start nor the gateway, and each request ends", async () => {
    const gateway = await startGateway({
      simulator: { url: "http://nothing.invalid:1" },
      env: {
        GITHUB_TOKENS: `alice=${githubTokenOf("alice")}`,
        API_KEY: "legacy-key-of-the-team",
        UPSTREAM_FIRST_BYTE_TIMEOUT: "2s",
      },
    });
    try {
      expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
      expect((await fetch(`${gateway.url}/ready`)).status).toBe(503);
      const response = await fetch(`${gateway.url}/openai/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: "Bearer legacy-key-of-the-team", "content-type": "application/json" },
        body: JSON.stringify(chatBody("hello")),
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
    } finally {
      expect(await gateway.stop()).toBe(0);
    }
  });

  it("while it serves lets requests end in words, and the next are served once names are found again", async () => {
    const preload = pathToFileURL(path.join(import.meta.dirname, "fail-lookups.mjs")).href;
    const simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
    onTestFinished(() => simulator.close());
    const gateway = await startGateway({
      // By its name, which has to be looked up for each new connection.
      simulator: { url: simulator.url.replace("127.0.0.1", "localhost") },
      env: {
        GITHUB_TOKENS: `alice=${githubTokenOf("alice")}`,
        API_KEY: "legacy-key-of-the-team",
        NODE_OPTIONS: `--import=${preload}`,
      },
    });
    onTestFinished(async () => expect(await gateway.stop()).toBe(0));
    const ask = async () => {
      const response = await fetch(`${gateway.url}${shapes[0].path}`, {
        method: "POST",
        headers: { authorization: "Bearer legacy-key-of-the-team", "content-type": "application/json" },
        body: JSON.stringify(chatBody("sim: delay 300")),
      });
      return { status: response.status, body: (await response.json()) as { error?: { message: string } } };
    };
    await expect.poll(async () => (await fetch(`${gateway.url}/ready`)).status, { timeout: 30_000 }).toBe(200);
    expect((await ask()).status).toBe(200);
    gateway.process.kill("SIGUSR2");
    // More at once than there are connections that are open already.
    const answers = await Promise.all(Array.from({ length: 30 }, ask));
    const failed = answers.filter(({ status }) => status !== 200);
    expect(failed.length).toBeGreaterThan(0);
    for (const { status, body } of failed) {
      expect(status).toBeGreaterThanOrEqual(500);
      expect(body).toMatchObject({ error: { message: expect.any(String) } });
    }
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    gateway.process.kill("SIGWINCH");
    await expect.poll(async () => (await ask()).status, { timeout: 30_000 }).toBe(200);
  }, 120_000);
});
