import type { ApiKeyList } from "@copilot-llm/gateway/admin-api";
import type { FaultName } from "@copilot-llm/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

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

  it("charges a client that hangs up for what the upstream had counted until then", async () => {
    serving = await startServing({ accounts: ["alice"], account: { billing: "credits", entitlement: -1 } });
    const client = new AbortController();
    const messages = [{ role: "user", content: `${"a long question ".repeat(50)}\nsim: long 60\nsim: delay 40` }];
    const body = { model: "claude-sonnet-4.6", max_tokens: 500, stream: true, messages };
    const response = await serving.send("/v1/messages", body, { signal: client.signal });
    await response.body?.getReader().read();
    client.abort();
    const keyUsage = async () => {
      const { keys } = (await (await serving.admin.request("GET", "/api/admin/api-keys")).json()) as ApiKeyList;
      return keys[0];
    };
    await expect.poll(async () => (await keyUsage())?.current_requests).toBe(1);
    const [charged] = serving.simulator.ledger.entries();
    const credits = (await keyUsage())?.current_credits ?? 0;
    expect(credits).toBeGreaterThan(0);
    expect(credits * 1e9).toBeLessThanOrEqual(charged?.nanoAiu ?? 0);
  });
});
