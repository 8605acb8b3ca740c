import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { lengthOf } from "./lengths.ts";

const chatPath = "/openai/v1/chat/completions";

let serving: Serving;
beforeAll(async () => {
  serving = await startServing({ env: { UPSTREAM_FIRST_BYTE_TIMEOUT: "2s", UPSTREAM_IDLE_TIMEOUT: "2s" } });
});
afterAll(() => serving.stop());

/** By itself, beside the other faults: at full length the stream takes half an hour. */
describe("an upstream that sends one byte at a time", () => {
  it("is waited for: a stream arrives whole, however long it takes", async () => {
    serving.simulator.faults.add({ name: "slow-bytes", durationMs: lengthOf({ short: 2, full: 1_000 }), times: 1 });
    const streamed = await serving.send(chatPath, chatBody("short", { stream: true }));
    const text = await streamed.text();
    const said = [...text.matchAll(/"content":"([^"]*)"/g)].map(([, part]) => part).join("");
    expect(said).toBe("Echo: short");
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
    expect(text).not.toContain('"error"');
  }, 2_700_000);

  it("is waited for: so does a whole answer", async () => {
    // Its head comes with its end, and this client waits for heads no longer than five minutes.
    serving.simulator.faults.add({ name: "slow-bytes", durationMs: lengthOf({ short: 2, full: 100 }), times: 1 });
    const whole = await serving.send(chatPath, chatBody("short"));
    expect(await whole.json()).toMatchObject({ choices: [{ message: { content: "Echo: short" } }] });
  }, 300_000);
});
