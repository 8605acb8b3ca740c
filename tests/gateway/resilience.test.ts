import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { descendantsOf } from "../testing/process-tree.ts";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";

const chatPath = "/openai/v1/chat/completions";
const slowStream = (more = "") => chatBody(`sim: long 60\nsim: delay 40${more}`, { stream: true });

let serving: Serving;
beforeEach(async () => {
  serving = await startServing({ accounts: ["alice", "bob"] });
});
afterEach(() => serving.stop());

function killRuntime(): void {
  const runtime = descendantsOf(serving.gateway.process.pid ?? 0);
  expect(runtime).not.toEqual([]);
  for (const pid of runtime) process.kill(pid, "SIGKILL");
}

describe("the SDK runtime's death", () => {
  it("breaks none of 50 running streams, and new requests go on", async () => {
    const responses = await Promise.all(Array.from({ length: 50 }, () => serving.send(chatPath, slowStream())));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));

    killRuntime();
    const afterDeath = await serving.send(chatPath, chatBody("still there?"));
    expect(await afterDeath.json()).toMatchObject({ choices: [{ message: { content: "Echo: still there?" } }] });

    const texts = await Promise.all(responses.map((response) => response.text()));
    expect(texts.filter((text) => !text.trimEnd().endsWith("data: [DONE]"))).toEqual([]);
  });

  it("is mended by the next need of the control plane", async () => {
    killRuntime();
    serving.simulator.addAccount({ login: "carol", token: githubTokenOf("carol") });
    expect(await serving.admin.addToken("carol", githubTokenOf("carol"))).toMatchObject({
      status: "active",
      login: "carol",
    });
  });
});

describe("the SDK runtime's death in the middle of the control plane's work", () => {
  it("never ends the gateway", async () => {
    const ids = Object.values(await serving.admin.tokens()).map(({ id }) => id);
    const checks = () => ids.map((id) => serving.admin.request("POST", `/api/admin/github-tokens/${id}/check`));
    for (const delayMs of [0, 1, 2, 4, 6]) {
      const before = [...checks(), ...checks()];
      await sleep(delayMs); // so that each death meets the runtime's pipes in another moment
      killRuntime();
      const responses = await Promise.all([...before, ...checks(), ...checks()]);
      expect(responses.filter(({ status }) => status >= 500)).toEqual([]);
    }
    expect((await serving.send(chatPath, chatBody("still there?"))).status).toBe(200);
  }, 120_000);
});

describe("a client that hangs up", () => {
  /** Milliseconds from hanging up to the upstream's notice of it. */
  async function hangUp(body: unknown, untilFirstByte: boolean): Promise<number> {
    serving.simulator.requests.clear();
    const client = new AbortController();
    const answer = serving.send(chatPath, body, { signal: client.signal });
    answer.catch(() => undefined);
    const record = await serving.simulator.requests.waitFor(({ path }) => path === "/chat/completions");
    if (untilFirstByte) await (await answer).body?.getReader().read();
    const hungUpAtMs = Date.now();
    client.abort();
    await record.onAborted;
    return (record.abortedAtMs ?? Number.POSITIVE_INFINITY) - hungUpAtMs;
  }

  it.each([
    ["in mid-stream", slowStream(), true],
    ["before the first byte", slowStream("\nsim: first-byte 20000"), false],
    ["without a stream", chatBody("sim: first-byte 20000"), false],
  ])("has its upstream request aborted within 100 ms, %s", async (_when, body, untilFirstByte) => {
    const delaysMs: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) delaysMs.push(await hangUp(body, untilFirstByte));
    // The median: one late attempt on a busy machine is no failure of the gateway.
    expect(delaysMs.sort((left, right) => left - right)[2]).toBeLessThanOrEqual(100);
  });
});

describe("a stream that the upstream cuts short", () => {
  it.each(["sim: cut 3", "sim: eof 3", "sim: error 3"])(
    "ends with an error the client can see (%s)",
    async (directive) => {
      const response = await serving.send(chatPath, chatBody(`${directive}\nsim: long 60`, { stream: true }));
      const text = await response.text();
      expect(text).toContain('"error"');
    },
  );
});
