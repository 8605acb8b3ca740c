import { type ByteStream, GatewayError, type Protocol } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, test } from "vitest";
import { callOf, hello } from "../testing/open-serve-bench.js";
import { CollectingSink, ScriptedSource } from "../testing/scripted-source.js";
import { orAwaited } from "./awaited-stream.js";
import { RequestTrace } from "./request-trace.js";
import type { ServeAnswer } from "./serve-call.js";

const heartbeats: Partial<Record<Protocol, string>> = {
  "openai-chat": ": keep-alive\n\n",
  "openai-responses": ": keep-alive\n\n",
  "anthropic-messages": 'event: ping\ndata: {"type":"ping"}\n\n',
};

function open(protocol: Protocol = "openai-chat") {
  const clock = createManualClock();
  const trace = new RequestTrace(callOf({ ...hello, stream: true }, { protocol }), "full", clock);
  let ended = 0;
  let answer = (_answer: Partial<ServeAnswer>): void => {};
  const pending = new Promise<ServeAnswer>((resolve) => {
    answer = (given) => resolve({ status: 200, headers: {}, body: new Uint8Array(), error: null, trace, ...given });
  });
  const end = () => {
    ended += 1;
  };
  const headers = () => ({ "x-ratelimit-limit-requests": "5" });
  const served = orAwaited(pending, trace, headers, { clock, heartbeatMs: 15_000, end });
  const begin = async () => {
    clock.advance(15_000);
    const begun = await served;
    const sink = new CollectingSink();
    const body = begun.body as ByteStream;
    body.start(sink);
    return { begun, body, sink };
  };
  return { clock, served, answer, begin, endings: () => ended };
}

describe("an answer that is awaited", () => {
  test("is handed on as it is when it comes in time", async () => {
    const { clock, served, answer } = open();
    clock.advance(14_999);
    const source = new ScriptedSource();
    answer({ headers: { "x-model-served": "m" }, body: source });
    expect(await served).toMatchObject({ headers: { "x-model-served": "m" }, body: source });
  });

  test.each(Object.entries(heartbeats))(
    "is a stream with heartbeats until it comes, and then its bytes: %s",
    async (protocol, heartbeat) => {
      const { clock, answer, begin, endings } = open(protocol as Protocol);
      const { begun, sink } = await begin();
      expect(begun).toMatchObject({
        status: 200,
        error: null,
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "x-accel-buffering": "no",
          "x-ratelimit-limit-requests": "5",
        },
      });
      clock.advance(15_000);
      expect(sink.text).toBe(heartbeat.repeat(2));
      const source = new ScriptedSource();
      answer({ body: source });
      await expect.poll(() => source.isStarted).toBe(true);
      source.push("data: 1\n\n");
      source.end();
      clock.advance(60_000);
      expect(sink.text).toBe(`${heartbeat.repeat(2)}data: 1\n\n`);
      expect([sink.ended, endings()]).toEqual([true, 0]);
    },
  );

  test.each([
    ["openai-chat", /"message":"GitHub fell silent\.".*data: \[DONE\]\n\n$/s],
    ["openai-responses", /event: error|response\.failed/],
    ["anthropic-messages", /event: error\ndata: .*"message":"GitHub fell silent\."/],
  ] as const)("ends in the protocol's own error when it is refused later: %s", async (protocol, ending) => {
    const { answer, begin, endings } = open(protocol);
    const { begun, sink } = await begin();
    const error = new GatewayError("upstream_timeout", "GitHub fell silent.");
    answer({ status: 504, body: Buffer.from("{}"), error });
    await expect.poll(() => sink.ended).toBe(true);
    expect(sink.text).toMatch(ending);
    expect(begun.error).toBe(error);
    expect(endings()).toBe(1);
  });

  test("is aborted when it comes after its client has left", async () => {
    const { clock, answer, begin } = open();
    const { body, sink } = await begin();
    body.abort();
    const source = new ScriptedSource();
    answer({ body: source });
    await expect.poll(() => source.aborted).toBe(true);
    clock.advance(60_000);
    expect([sink.text, sink.ended]).toEqual([": keep-alive\n\n", false]);
  });
});
