import type { FaultName } from "@copilot-llm/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../harness/serving.ts";

const requests = 5_000;
const parallel = 16;

let serving: Serving;
afterEach(() => serving.stop());

interface Stats {
  readonly totals: { readonly requests: number; readonly errors: number; readonly nano_aiu: number };
}

const turn = (index: number) => ({ role: "user", content: `request ${index}\nsim: long ${5 + (index % 20)}` });

/** One of the nine pairs of protocol and wire, streamed or whole. */
function requestOf(index: number): readonly [path: string, body: object] {
  const model = ["gpt-4.1", "gpt-5.3-codex", "claude-sonnet-4.6"][index % 3];
  const stream = index % 2 === 0;
  const messages = [turn(index)];
  switch (Math.floor(index / 3) % 3) {
    case 0:
      return [
        "/v1/chat/completions",
        { model, stream, ...(stream ? { stream_options: { include_usage: true } } : {}), messages },
      ];
    case 1:
      return ["/v1/responses", { model, stream, input: messages }];
    default:
      return ["/v1/messages", { model, stream, max_tokens: 500, messages }];
  }
}

describe("accounting", () => {
  it(`records, to the last nano-AIU, what the upstream charged for ${requests} mixed requests with faults`, async () => {
    serving = await startServing({
      accounts: ["alice", "bob", "carol"],
      account: { billing: "credits", entitlement: -1 },
      simulator: { maximumLoggedRequests: 10 },
    });
    const faults: readonly FaultName[] = [
      "rate-limited",
      "server-error",
      "connection-reset",
      "token-expired",
      "stream-error",
      "prompt-too-long",
    ];
    let next = 0;
    const work = async () => {
      while (next < requests) {
        const index = next++;
        const name = faults[(index / 10) % faults.length];
        if (index % 10 === 0 && name !== undefined) {
          const cooling = name === "rate-limited" ? { retryAfterSeconds: 1 } : {};
          serving.simulator.faults.add({ name, times: 1, endpoint: "inference", ...cooling });
        }
        const [path, body] = requestOf(index);
        await (await serving.send(path, body)).arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    const { totals } = (await (await serving.admin.request("GET", "/api/stats?group_by=token")).json()) as Stats;
    expect(totals.requests).toBe(requests);
    expect(totals.errors).toBeGreaterThan(0);
    expect(totals.nano_aiu).toBeGreaterThan(0);
    expect(totals.nano_aiu).toBe(serving.simulator.ledger.totals().nanoAiu);
  }, 600_000);
});
