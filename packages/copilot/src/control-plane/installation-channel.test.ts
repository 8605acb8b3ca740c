import { Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import type { CopilotClient } from "@github/copilot-sdk";
import { expect, it } from "vitest";
import { createRecordingLog } from "../../testing/recording-log.js";
import { createInstallationChannel } from "./installation-channel.js";
import type { InstallationToken } from "./mint-installation-token.js";
import type { Runtime } from "./runtime.js";

const minuteMs = 60_000;

/** A GitHub whose tokens are numbered and last an hour; it answers at once unless `mint` is replaced. */
function setUp() {
  const clock = createManualClock();
  const stopped: string[] = [];
  const state = { minted: 0, mint: async () => {} };
  const mintToken = async (): Promise<InstallationToken> => {
    state.minted += 1;
    const token = new Secret(`t${state.minted}`);
    await state.mint();
    return { token, expiresAtMs: clock.nowMs() + 60 * minuteMs };
  };
  const createRuntime = (token: Secret): Runtime => {
    const client = { name: token.reveal(), createSession: async () => ({}) } as unknown as CopilotClient;
    return {
      use: (operation) => operation(client),
      stop: async () => {
        stopped.push(token.reveal());
      },
    };
  };
  const randomness = { next: () => 0, bytes: (count: number) => new Uint8Array(count) };
  const channel = createInstallationChannel({ mintToken, createRuntime, clock, randomness, log: createRecordingLog() });
  const tokenInUse = () => channel.use(async ({ client }) => (client as unknown as { readonly name: string }).name);
  return { channel, clock, state, stopped, tokenInUse };
}

/** Lets background work come to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

it("serves on the present token while it is being renewed, and nobody waits", async () => {
  const { channel, clock, state, stopped, tokenInUse } = setUp();
  expect(await tokenInUse()).toBe("t1");
  clock.advance(55 * minuteMs);
  let answer = (): void => {};
  state.mint = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  expect(await Promise.all([tokenInUse(), tokenInUse()])).toEqual(["t1", "t1"]);
  clock.advance(minuteMs);
  expect(await tokenInUse()).toBe("t1");
  expect([state.minted, stopped]).toEqual([2, []]);
  answer();
  await settle();
  expect(await tokenInUse()).toBe("t2");
  expect([state.minted, stopped]).toEqual([2, ["t1"]]);
  await channel.close();
});

it("waits half a minute after a renewal that failed, and fails with its token only", async () => {
  const { clock, state, tokenInUse } = setUp();
  await tokenInUse();
  state.mint = () => Promise.reject(new Error("GitHub is away"));
  clock.advance(55 * minuteMs);
  for (let calls = 0; calls < 5; calls += 1) {
    expect(await tokenInUse()).toBe("t1");
    await settle();
  }
  expect(state.minted).toBe(2);
  clock.advance(30_000 - 1);
  expect(await tokenInUse()).toBe("t1");
  expect(state.minted).toBe(2);
  clock.advance(1);
  expect(await tokenInUse()).toBe("t1");
  expect(state.minted).toBe(3);
  await settle();
  clock.advance(5 * minuteMs);
  await expect(tokenInUse()).rejects.toThrow("GitHub is away");
});
