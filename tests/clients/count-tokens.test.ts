import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { modelKinds, weatherSchema } from "./model-kinds.ts";
import { messagesFields } from "./tolerated-fields.ts";

type Body = Readonly<Record<string, unknown>>;

const prose = readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8");
const code = readFileSync(import.meta.filename, "utf8");
const user = (content: unknown): Body => ({ role: "user", content });

/** A PNG's beginning, which tells its size, and as many bytes as it might have. */
function picture(width: number, height: number): Body {
  const bytes = Buffer.alloc(60_000, 7);
  bytes.write("\x89PNG\r\n\x1a\n", 0, "latin1");
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return { type: "image", source: { type: "base64", media_type: "image/png", data: bytes.toString("base64") } };
}

const manyTools = Array.from({ length: 40 }, (_, index) => ({
  name: `mcp__server__tool_${index}`,
  description: `Tool ${index} reads, writes or lists things, depending on what it is asked for.`,
  input_schema: {
    ...weatherSchema,
    $schema: "https://json-schema.org/draft/2020-12/schema",
    maximum: 9007199254740991,
  },
}));

function loop(turns: number): Body[] {
  return Array.from({ length: turns }, (_, index) => [
    {
      role: "assistant",
      content: [{ type: "tool_use", id: `toolu_${index}`, name: "weather", input: { city: "Köln" } }],
    },
    user([{ type: "tool_result", tool_use_id: `toolu_${index}`, content: `${code.slice(0, 900)} ${index}` }]),
  ]).flat();
}

/** Conversations of every kind, as Messages bodies without model and limit. */
const conversations: Readonly<Record<string, Body>> = {
  "a word": { messages: [user("hi")] },
  prose: { system: prose, messages: [user("Sum it up.")] },
  code: { messages: [user(code)] },
  "other scripts": { messages: [user("Größe, 大きさ, размер, גודל, 크기 😀👩‍👩‍👧 ".repeat(200))] },
  "a long word": { messages: [user("a1b2".repeat(20_000))] },
  "forty tools": { messages: [user("hi")], tools: manyTools },
  "a loop of tools": { messages: [user("go"), ...loop(40)], tools: [{ name: "weather", input_schema: weatherSchema }] },
  "pictures of every size": { messages: [user([picture(16, 16), picture(800, 600), picture(5000, 5000)])] },
  "a document": {
    messages: [
      user([
        { type: "document", source: { type: "text", media_type: "text/plain", data: prose } },
        { type: "text", text: "hi" },
      ]),
    ],
  },
  "a schema for the answer": {
    messages: [user("hi")],
    output_config: { format: { type: "json_schema", schema: weatherSchema } },
  },
};

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
  serving.simulator.changeAccount("alice", { entitlement: 1_000_000 });
});
afterAll(() => serving.stop());

async function post<T>(route: string, body: Body): Promise<T> {
  const response = await serving.send(route, body);
  const text = await response.text();
  expect(`${response.status} ${response.status === 200 ? "" : text}`).toBe("200 ");
  return JSON.parse(text) as T;
}

interface Usage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens?: number;
  readonly cache_read_input_tokens?: number;
}

/** What is counted beforehand, and what the upstream then charges for the same. */
async function measure(model: string, conversation: Body): Promise<{ counted: number; charged: number }> {
  const body = { model, messages: [user("hi")], ...conversation };
  const count = await post<Usage>("/anthropic/v1/messages/count_tokens", body);
  const { usage } = await post<{ usage: Usage }>("/anthropic/v1/messages", { max_tokens: 4096, ...body });
  const { input_tokens, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 } = usage;
  return { counted: count.input_tokens, charged: input_tokens + cache_creation_input_tokens + cache_read_input_tokens };
}

const locally = modelKinds.filter(({ model }) => !model.startsWith("claude"));
const samples = Object.entries({ ...conversations, ...messagesFields });

describe.each(locally)("tokens of a model with $kind are counted here", ({ model }) => {
  it.each(samples)("never lower than what is charged: %s", async (_, conversation) => {
    const { counted, charged } = await measure(model, conversation);
    expect(counted).toBeGreaterThanOrEqual(charged);
  });

  it("without a token, a charge or a limit", async () => {
    const before = serving.simulator.requests.all().length;
    await post("/anthropic/v1/messages/count_tokens", { model, messages: [user("hi")] });
    expect(serving.simulator.requests.all()).toHaveLength(before);
  });
});

describe("tokens of a model with /v1/messages", () => {
  it.each(["claude-sonnet-5", "claude-sonnet-4.6"])("are the upstream's own count: %s", async (model) => {
    for (const conversation of Object.values(messagesFields)) {
      const { counted, charged } = await measure(model, conversation);
      expect(counted).toBe(charged);
    }
  });
});

describe("tokens of a model with /v1/messages while no token can serve it", () => {
  const route = "/anthropic/v1/messages/count_tokens";
  const body = { model: "claude-sonnet-4.6", messages: [user(prose)] };

  it.each(["quota-exceeded", "user-global-rate-limited", "unavailable", "server-error"] as const)(
    "are counted here: %s",
    async (name) => {
      const failing = await startServing();
      onTestFinished(() => failing.stop());
      const { input_tokens: upstreams } = await post<Usage>(route, body);
      failing.simulator.faults.add({ name, endpoint: "inference" });
      for (const answer of [await failing.send(route, body), await failing.send(route, body)]) {
        expect(answer.status).toBe(200);
        expect(((await answer.json()) as Usage).input_tokens).toBeGreaterThan(upstreams);
      }
    },
  );

  it("are refused all the same when the request is at fault", async () => {
    serving.simulator.faults.add({ name: "prompt-too-long", endpoint: "inference", times: 1 });
    expect((await serving.send(route, body)).status).toBe(400);
  });
});

it("a model for embeddings has nothing to count", async () => {
  const body = { model: "text-embedding-3-small", messages: [user("hi")] };
  expect((await serving.send("/anthropic/v1/messages/count_tokens", body)).status).toBe(400);
});
