import { connect, type Socket } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { GithubTokenList } from "@copilot-llm/gateway/admin-api";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { chatBody, type Serving, type ServingOptions, startServing } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";
import type { Gateway } from "../testing/start-gateway.ts";
import { lengthOf } from "./lengths.ts";
import { openDescriptors } from "./process-figures.ts";

const chatPath = "/openai/v1/chat/completions";
const dayMs = 24 * 60 * 60_000;

let serving: Serving;
afterEach(() => serving.stop());

async function start(options: ServingOptions = {}): Promise<{ readonly pid: number }> {
  serving = await startServing(options);
  return { pid: serving.gateway.process.pid ?? 0 };
}

async function ask(text = "hello", stream = false): Promise<string> {
  const response = await serving.send(chatPath, chatBody(text, { stream }));
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${answer}`);
  return answer;
}

/** Sends so many requests, so many at a time. */
async function askMany(count: number, atOnce: number, text: string): Promise<void> {
  let sent = 0;
  const worker = async () => {
    while (sent < count) {
      sent += 1;
      await ask(text, sent % 2 === 0);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

describe("a clock that jumps", () => {
  it("a day forward and back cuts no stream, locks nobody out and keeps the pool serving", async () => {
    const preload = pathToFileURL(path.join(import.meta.dirname, "shift-clock.mjs")).href;
    await start({ accounts: ["alice", "bob"], env: { NODE_OPTIONS: `--import=${preload}` } });
    const { simulator, gateway, admin } = serving;
    // Who has done nothing for a day signs in again.
    let token = await signIn(gateway, admin);
    const read = async <T>(path: string): Promise<T> => {
      const response = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      return (await response.json()) as T;
    };
    const recordedAt = async () => {
      const { requests } = await read<{ requests: { at: string }[] }>("/api/requests?limit=1");
      return Date.parse(requests[0]?.at ?? "");
    };
    await ask();
    const startedAtMs = await recordedAt();
    for (const [signal, shiftMs] of [
      ["SIGUSR2", dayMs],
      ["SIGWINCH", 0],
      ["SIGWINCH", -dayMs],
      ["SIGUSR2", 0],
    ] as const) {
      const stream = ask("sim: long 40\nsim: delay 20", true);
      const limited = simulator.faults.add({ name: "rate-limited", account: "alice", retryAfterSeconds: 1, times: 1 });
      expect(limited).toBeDefined();
      gateway.process.kill(signal);
      expect(await stream).toMatch(/data: \[DONE\]\n\n$/);
      for (let index = 0; index < 6; index += 1) await ask(`after ${signal}`);
      token = await signIn(gateway, admin);
      await expect.poll(async () => Math.abs((await recordedAt()) - startedAtMs - shiftMs) < 600_000).toBe(true);
    }
    simulator.faults.remove();
    const states = async () =>
      (await read<GithubTokenList>("/api/admin/github-tokens")).tokens.map(({ status }) => status);
    await expect.poll(states, { timeout: 30_000 }).toEqual(["active", "active"]);
  });
});

describe("little memory", () => {
  it("of 128 MiB for the heap serves on under load", async () => {
    const { pid } = await start({ env: { NODE_OPTIONS: "--max-old-space-size=128" } });
    const large = `sim: long 200\n${"words and more words ".repeat(2_000)}`;
    await askMany(lengthOf({ short: 300, full: 6_000 }), 50, large);
    expect(serving.gateway.process.pid).toBe(pid);
    expect(serving.gateway.process.exitCode).toBeNull();
    expect(await ask("still there?")).toContain("still there?");
  }, 900_000);
});

describe("connections", () => {
  it("that are idle, thousands of them, keep neither a request nor the stop waiting", async () => {
    await start();
    const { hostname, port } = new URL(serving.gateway.url);
    const sockets: Socket[] = [];
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    const count = lengthOf({ short: 1_000, full: 10_000 });
    const open = () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), hostname, resolve);
        socket.on("error", reject);
        sockets.push(socket);
      });
    while (sockets.length < count) await Promise.all(Array.from({ length: 250 }, open));
    for (const socket of sockets) socket.removeAllListeners("error").on("error", () => undefined);
    expect(await ask()).toContain("Echo: hello");
    expect(await serving.gateway.stop()).toBe(0);
  }, 300_000);

  it("and requests, thousands of them, leave no descriptor and no listener behind", async () => {
    const preload = pathToFileURL(path.join(import.meta.dirname, "tell-listeners.mjs")).href;
    const { pid } = await start({ env: { NODE_OPTIONS: `--import=${preload}` } });
    await askMany(100, 20, "warm up");
    const figure = async () => {
      await fetch(`${serving.gateway.url}/health`, { headers: { connection: "close" } });
      return openDescriptors(pid);
    };
    const before = await figure();
    const waitingBefore = await waitingIn(serving.gateway);
    expect(waitingBefore["process SIGUSR2"]).toBe(1);
    await askMany(lengthOf({ short: 1_000, full: 20_000 }), 20, "hello");
    await expect.poll(figure, { timeout: 20_000 }).toBeLessThanOrEqual(before + 25);
    const waiting = await waitingIn(serving.gateway);
    const more = Object.entries(waiting).filter(([name, count]) => {
      const known = waitingBefore[name] ?? 0;
      // Connections and their timers come and go; whoever listens to the process stays.
      return name.startsWith("process ") ? count !== known : count > known + 50;
    });
    expect(more).toEqual([]);
    expect(serving.gateway.output()).not.toContain("MaxListenersExceededWarning");
  }, 900_000);
});

/** How many listeners to the process there are, and how many resources of each kind it waits for. */
async function waitingIn(gateway: Gateway): Promise<Readonly<Record<string, number>>> {
  const told = () => gateway.output().match(/^\{"waiting":.*\}$/gm) ?? [];
  const count = told().length;
  gateway.process.kill("SIGUSR2");
  await expect.poll(() => told().length).toBe(count + 1);
  return JSON.parse(told().at(-1) ?? "{}").waiting;
}

describe("SIGTERM during 200 streams", () => {
  const streams = async (text: string) => {
    const responses = await Promise.all(
      Array.from({ length: 200 }, () => serving.send(chatPath, chatBody(text, { stream: true }))),
    );
    return responses.map((response) => response.text());
  };

  it("lets those finish that can, and exits with 0", async () => {
    await start({ env: { DRAIN_TIMEOUT: "60s" } });
    const texts = await streams("sim: long 30\nsim: delay 40");
    const stopped = serving.gateway.stop();
    const whole = (await Promise.all(texts)).filter(
      (text) => /data: \[DONE\]\n\n$/.test(text) && !text.includes('"error"'),
    );
    expect(whole).toHaveLength(200);
    expect(await stopped).toBe(0);
  });

  it("ends those that cannot in the protocol's own words, within the drain time", async () => {
    await start({ env: { DRAIN_TIMEOUT: "4s" } });
    const texts = await streams("sim: long 600\nsim: delay 1000");
    const stopped = serving.gateway.stop();
    const ends = await Promise.all(texts.map((text) => text.catch(() => "cut")));
    expect(ends.filter((text) => !/"error".*\n\ndata: \[DONE\]\n\n$/s.test(text))).toEqual([]);
    expect(await stopped).toBe(0);
  });
});
