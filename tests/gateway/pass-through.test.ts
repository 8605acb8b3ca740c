import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

interface WireCase {
  readonly path: string;
  readonly upstreamPath: string;
  readonly model: string;
  /** Body with odd spacing, number spellings, key order and an unknown field, which re-serialising would lose. */
  readonly body: (model: string, more: string) => string;
}

const wires: readonly WireCase[] = [
  {
    path: "/openai/v1/chat/completions",
    upstreamPath: "/chat/completions",
    model: "gpt-5-mini",
    body: (model, more) =>
      `{ "messages":[{"role":"user","content":"sim: split-bytes 5\\ngr\\u00fc\\u00dfe \\ud83d\\ude00 ${"long ".repeat(40)}"}],\n"x_unknown":{"b":1e2,"a":1.50},"model" : "${model}"${more} }`,
  },
  {
    path: "/openai/v1/responses",
    upstreamPath: "/responses",
    model: "gpt-5-mini",
    body: (model, more) =>
      `{ "input":"sim: quirk rotatingItemIds=false\\nsim: split-bytes 5\\ngr\\u00fc\\u00dfe ${"long ".repeat(40)}",\t"metadata":{"z":"1","a":"2"}, "model":"${model}"${more}}`,
  },
  {
    path: "/anthropic/v1/messages",
    upstreamPath: "/v1/messages",
    model: "claude-sonnet-4.6",
    body: (model, more) =>
      `{"max_tokens":  500,"model":\n"${model}","messages":[{"role":"user","content":[{"type":"text","text":"sim: split-bytes 5\\ngr\\u00fc\\u00dfe ${"long ".repeat(40)}"}]}]${more}}`,
  },
];

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

async function exchange(wire: WireCase, body: string) {
  const response = await serving.send(wire.path, body, { headers: { "anthropic-version": "2023-06-01" } });
  const received = Buffer.from(await response.arrayBuffer());
  const upstream = serving.simulator.requests.to(wire.upstreamPath).at(-1);
  if (upstream === undefined) throw new Error(`nothing reached ${wire.upstreamPath}: ${response.status} ${received}`);
  return { response, received, upstream };
}

describe.each(wires)("$path", (wire) => {
  it("sends the body upstream byte for byte", async () => {
    const body = wire.body(wire.model, "");
    const { response, upstream } = await exchange(wire, body);
    expect(response.status).toBe(200);
    expect(upstream.body.toString("utf8")).toBe(body);
  });

  it("returns the answer byte for byte", async () => {
    const { received, upstream } = await exchange(wire, wire.body(wire.model, ""));
    expect(received.toString("utf8")).toBe(Buffer.concat(upstream.responseChunks).toString("utf8"));
  });

  it("returns the stream byte for byte", async () => {
    // Where a client does not ask for a Chat stream's usage, the gateway does, and keeps its chunk.
    const usage = wire.upstreamPath === "/chat/completions" ? ', "stream_options":{"include_usage":true}' : "";
    const body = wire.body(wire.model, `, "stream" : true${usage}`);
    const { response, received, upstream } = await exchange(wire, body);
    expect(upstream.body.toString("utf8")).toBe(body);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(received.equals(Buffer.concat(upstream.responseChunks))).toBe(true);
    expect(received.length).toBeGreaterThan(500);
  });
});

describe("a model's spelling", () => {
  it("is the only thing that changes in the body", async () => {
    const wire = wires[2] as WireCase;
    const { response, upstream } = await exchange(wire, wire.body("claude-sonnet-4-6-20260115", ""));
    expect(response.status).toBe(200);
    expect(upstream.body.toString("utf8")).toBe(wire.body("claude-sonnet-4.6", ""));
  });
});

describe("the upstream headers", () => {
  it("name the SDK's own integration, tell the initiator truthfully and carry no client credential", async () => {
    const wire = wires[0] as WireCase;
    const { upstream } = await exchange(wire, wire.body(wire.model, ""));
    expect(upstream.headers["copilot-integration-id"]).toBe("copilot-sdk");
    expect(upstream.headers["x-initiator"]).toBe("user");
    expect(JSON.stringify(upstream.headers)).not.toContain(serving.key.key);
    const agentBody = {
      model: wire.model,
      messages: [
        { role: "user", content: "hello" },
        {
          role: "assistant",
          tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "call_1", content: "done" },
      ],
    };
    expect((await exchange(wire, JSON.stringify(agentBody))).upstream.headers["x-initiator"]).toBe("agent");
  });
});
