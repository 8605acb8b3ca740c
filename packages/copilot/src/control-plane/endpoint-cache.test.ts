import { createManualClock } from "@copilot-llm/model/testing";
import type { CopilotSession } from "@github/copilot-sdk";
import { expect, it } from "vitest";
import { createRecordingLog } from "../../testing/recording-log.js";
import type { SessionContext } from "./account-session.js";
import type { Channel } from "./channel.js";
import { createEndpointCache } from "./endpoint-cache.js";

const minuteMs = 60_000;

/** A channel whose endpoints are numbered; `answer` may be replaced to fail or to expire. */
function setUp(options: { readonly lifeMs?: number } = {}) {
  const clock = createManualClock();
  const state = { asked: 0, discarded: 0, failing: false };
  const getEndpoint = async ({ modelId = "none" }: { modelId?: string }) => {
    state.asked += 1;
    if (state.failing) throw new Error("runtime gone");
    const token = `t${state.asked}`;
    const expiresAt =
      options.lifeMs === undefined ? {} : { expiresAt: new Date(clock.nowMs() + options.lifeMs).toISOString() };
    return {
      type: "openai" as const,
      baseUrl: "https://copilot.example",
      headers: { Authorization: `Bearer ${modelId}` },
      sessionToken: { header: "X-Session", token, ...expiresAt },
    };
  };
  const session = { rpc: { provider: { getEndpoint } } } as unknown as CopilotSession;
  const channel: Channel = {
    use: (operation) => operation({ session, account: {} } as SessionContext),
    readAuthInfo: () => Promise.resolve(undefined),
    discard: () => {
      state.discarded += 1;
    },
    expiresAtMs: () => null,
    close: () => Promise.resolve(),
  };
  const randomness = { next: () => 0, bytes: (count: number) => new Uint8Array(count) };
  const cache = createEndpointCache({ channel, clock, randomness, log: createRecordingLog() });
  const tokenOf = async (modelId: string) => (await cache.get(modelId)).snapshot.headers["x-session"];
  return { cache, clock, state, tokenOf };
}

/** Lets background work come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

it("asks once per model, however many ask at once", async () => {
  const { cache, state, tokenOf } = setUp();
  await Promise.all([tokenOf("a"), tokenOf("a"), tokenOf("b")]);
  expect(state.asked).toBe(2);
  expect(cache.get("a")).not.toBeInstanceOf(Promise);
  expect(await tokenOf("a")).toBe("t1");
});

it("renews ahead of the end, in the background and once", async () => {
  const { clock, state, tokenOf } = setUp({ lifeMs: 10 * minuteMs });
  await tokenOf("a");
  clock.advance(8 * minuteMs - 1);
  expect(await tokenOf("a")).toBe("t1");
  expect(state.asked).toBe(1);
  clock.advance(1);
  expect(await Promise.all([tokenOf("a"), tokenOf("a")])).toEqual(["t1", "t1"]);
  await settle();
  expect(await tokenOf("a")).toBe("t2");
  expect(state.asked).toBe(2);
});

it("goes on with what it has while renewals fail, until that ends", async () => {
  const { clock, state, tokenOf } = setUp({ lifeMs: 10 * minuteMs });
  await tokenOf("a");
  state.failing = true;
  clock.advance(9 * minuteMs);
  expect(await tokenOf("a")).toBe("t1");
  expect(await tokenOf("a")).toBe("t1");
  await settle();
  expect(state.asked).toBe(2);
  clock.advance(minuteMs / 2);
  expect(await tokenOf("a")).toBe("t1");
  await settle();
  expect(state.asked).toBe(3);
  clock.advance(minuteMs / 2);
  await expect(tokenOf("a")).rejects.toThrow("runtime gone");
});

it("keeps a snapshot without an end while nothing else is to be had", async () => {
  const { clock, state, tokenOf } = setUp();
  await tokenOf("a");
  state.failing = true;
  clock.advance(48 * 60 * minuteMs);
  expect(await tokenOf("a")).toBe("t1");
});

it("takes a refusal once per round: later ones of the same round concern what was replaced", async () => {
  const { cache, state, tokenOf } = setUp();
  const [a, b] = [await cache.get("a"), await cache.get("b")];
  cache.refuse(a);
  cache.refuse(a);
  cache.refuse(b);
  expect(state.discarded).toBe(1);
  expect(await Promise.all([tokenOf("a"), tokenOf("a"), tokenOf("b")])).toEqual(["t3", "t3", "t4"]);
  cache.refuse(b);
  expect(await tokenOf("a")).toBe("t3");
  cache.refuse(await cache.get("a"));
  expect(state.discarded).toBe(2);
});

it("asks again after a failure", async () => {
  const { state, tokenOf } = setUp();
  state.failing = true;
  await expect(tokenOf("a")).rejects.toThrow("runtime gone");
  state.failing = false;
  expect(await tokenOf("a")).toBe("t2");
});
