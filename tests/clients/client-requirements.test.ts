import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { modelKinds, weatherSchema } from "./model-kinds.ts";
import { readData, readEvents } from "./read-events.ts";
import { chatFields, messagesFields, responsesFields } from "./tolerated-fields.ts";

type Body = Readonly<Record<string, unknown>>;

const messagesPath = "/anthropic/v1/messages";
const responsesPath = "/openai/v1/responses";
const chatPath = "/openai/v1/chat/completions";
const heartbeatMs = 15_000;

let serving: Serving;
let silent: Promise<readonly string[]>;

beforeAll(async () => {
  serving = await startServing();
  serving.simulator.changeAccount("alice", { entitlement: 1_000_000 });
  // These take as long as a heartbeat does; all other tests run meanwhile.
  const prompt = `sim: text Wait for me.\nsim: silence 3 ${heartbeatMs + 1_000}`;
  silent = Promise.all(
    ["claude-sonnet-5", "gpt-4.1"].flatMap((model) => [
      ask(messagesPath, messages(model, prompt, { stream: true })),
      ask(responsesPath, { model, input: prompt, stream: true }),
      ask(chatPath, { ...chat(model, prompt), stream: true }),
    ]),
  );
  silent.catch(() => {});
});
afterAll(() => serving.stop());

function messages(model: string, content: unknown, more: Body = {}): Body {
  return { model, max_tokens: 2048, messages: [{ role: "user", content }], ...more };
}

function chat(model: string, content: unknown, more: Body = {}): Body {
  return { model, messages: [{ role: "user", content }], ...more };
}

/** The answer's text; fails when it is not 200. */
async function ask(path: string, body: Body): Promise<string> {
  const response = await serving.send(path, body);
  const text = await response.text();
  expect(`${response.status} ${response.status === 200 ? "" : text}`).toBe("200 ");
  return text;
}

async function askJson<T>(path: string, body: Body): Promise<T> {
  return JSON.parse(await ask(path, body)) as T;
}

describe("being let in", () => {
  const send = (path: string, headers: Record<string, string>) =>
    fetch(serving.gateway.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ ...messages("claude-sonnet-4.6", "hi"), input: "hi" }),
    });

  it.each([messagesPath, responsesPath, chatPath])(
    "%s takes the key in either header (requirement: either-credential-header)",
    async (path) => {
      const { key } = serving.key;
      const other = "sk-ant-other";
      for (const headers of [
        { "x-api-key": key },
        { authorization: `Bearer ${key}` },
        { "x-api-key": key, authorization: `Bearer ${other}` },
        { "x-api-key": other, authorization: `Bearer ${key}` },
      ]) {
        expect((await send(path, headers)).status).toBe(200);
      }
      expect((await send(path, { "x-api-key": other })).status).toBe(401);
    },
  );

  it.each(["2023-06-01", "2026-10-21", "2031-01-01", ""])(
    "takes any anthropic-version: %j (requirement: any-version-beta-and-query)",
    async (version) => {
      const headers = { "x-api-key": serving.key.key, ...(version === "" ? {} : { "anthropic-version": version }) };
      expect((await send(messagesPath, headers)).status).toBe(200);
    },
  );

  it("any anthropic-beta; the service gets those it takes", async () => {
    const beta = "claude-code-20250219,interleaved-thinking-2025-05-14,per-turn-control-2026-07-01,x-unheard-of-2031";
    const headers = { "x-api-key": serving.key.key, "anthropic-beta": beta };
    expect((await send(messagesPath, headers)).status).toBe(200);
    const upstream = serving.simulator.requests.to("/v1/messages").at(-1);
    expect(upstream?.headers["anthropic-beta"]).toBe("interleaved-thinking-2025-05-14");
  });

  it.each([`${messagesPath}?beta=true`, `${chatPath}?api-version=1&x`])("any query: %s", async (path) => {
    expect((await send(path, { "x-api-key": serving.key.key })).status).toBe(200);
  });
});

describe.each(modelKinds)(
  "fields are ignored or mapped on a model with $kind (requirement: tolerated-fields)",
  ({ model }) => {
    it.each(Object.entries(messagesFields))("Messages: %s", async (_, fields) => {
      const whole = await askJson<{ content: Body[] }>(messagesPath, { ...messages(model, "hi"), ...fields });
      expect(whole.content.length).toBeGreaterThan(0);
      const stream = await ask(messagesPath, { ...messages(model, "hi"), ...fields, stream: true });
      expect(readEvents(stream).some(({ name }) => name === "message_stop")).toBe(true);
    });

    it.each(Object.entries(responsesFields))("Responses: %s", async (_, fields) => {
      const whole = await askJson<{ output: Body[] }>(responsesPath, { model, input: "hi", ...fields });
      expect(whole).toMatchObject({ status: "completed" });
      const stream = await ask(responsesPath, { model, input: "hi", ...fields, stream: true });
      expect(readEvents(stream).some(({ name }) => name === "response.completed")).toBe(true);
    });

    it.each(Object.entries(chatFields))("Chat: %s", async (_, fields) => {
      const whole = await askJson<{ choices: Body[] }>(chatPath, { ...chat(model, "hi"), ...fields });
      expect(whole.choices[0]).toMatchObject({ finish_reason: expect.any(String) });
      const stream = await ask(chatPath, { ...chat(model, "hi"), ...fields, stream: true });
      expect(stream).toContain("data: [DONE]");
    });
  },
);

describe.each(modelKinds)("threads on a model with $kind (requirement: thread-refusal)", ({ model }) => {
  it("are refused in the form by which the SDK goes on without them", async () => {
    const response = await serving.send(messagesPath, messages(model, "hi", { thread: { type: "create" } }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: "error",
      error: {
        type: "invalid_request_error",
        details: { error_code: "thread_unsupported_request", unsupported: ["thread"] },
      },
    });
  });
});

describe.each(modelKinds)("ids on a model with $kind (requirement: unique-ids)", ({ model }) => {
  const prompt = "sim: tool weather {}\nsim: tool weather {}";
  const functionTool = { name: "weather", parameters: weatherSchema };
  const idsIn = (text: string, prefix: string): string[] =>
    [...text.matchAll(new RegExp(`"(?:id|call_id)":"(${prefix}[^"]+)"`, "g"))].map((match) => match[1] ?? "");

  it.each([
    {
      client: "Messages",
      path: messagesPath,
      body: messages(model, prompt, { tools: [{ name: "weather", input_schema: weatherSchema }] }),
      answer: "msg_",
      call: "(?:toolu_|call_)",
    },
    {
      client: "Responses",
      path: responsesPath,
      body: { model, input: prompt, tools: [{ type: "function", ...functionTool }] },
      answer: "resp_",
      call: "(?:toolu_|call_)",
    },
    {
      client: "Chat",
      path: chatPath,
      body: chat(model, prompt, { tools: [{ type: "function", function: functionTool }] }),
      answer: "(?:chatcmpl-|msg_)",
      call: "(?:toolu_|call_)",
    },
  ])("are unique among answers and calls: $client", async ({ path, body, answer, call }) => {
    const texts = await Promise.all([
      ask(path, body),
      ask(path, body),
      ask(path, { ...body, stream: true }),
      ask(path, { ...body, stream: true }),
    ]);
    const answers = texts.map((text) => [...new Set(idsIn(text, answer))]);
    expect(answers.map((ids) => ids.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(answers.flat()).size).toBe(4);
    const calls = texts.map((text) => [...new Set(idsIn(text, call))]);
    expect(calls.map((ids) => ids.length)).toEqual([2, 2, 2, 2]);
    expect(new Set(calls.flat()).size).toBe(8);
  });
});

describe("ids that the upstream does not give (requirement: unique-ids)", () => {
  it("are made, and differ", async () => {
    const call = { type: "function", function: { name: "weather", arguments: "{}" } };
    const choice = { index: 0, message: { role: "assistant", tool_calls: [call, call] }, finish_reason: "tool_calls" };
    const body = JSON.stringify({ choices: [choice] });
    serving.simulator.faults.add({
      name: "custom",
      model: "gpt-4.1",
      times: 2,
      status: 200,
      contentType: "application/json",
      body,
    });
    type Answer = { id: string; content: { id: string }[] };
    const first = await askJson<Answer>(messagesPath, messages("gpt-4.1", "hi"));
    const second = await askJson<Answer>(messagesPath, messages("gpt-4.1", "hi"));
    const ids = [first, second].flatMap(({ id, content }) => [id, ...content.map((block) => block.id)]);
    expect(ids.filter((id) => id !== "")).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });
});

describe.each(modelKinds)("Messages streams of a model with $kind", ({ model }) => {
  const body = messages(model, "sim: reasoning Hm.\nsim: text Let me see.\nsim: tool weather {}", {
    thinking: { type: "adaptive" },
    tools: [{ name: "weather", input_schema: weatherSchema }],
  });

  it("are the full sequence, with usage at both ends and an end (requirement: messages-stream-sequence)", async () => {
    const stream = await ask(messagesPath, { ...body, stream: true });
    const events = readEvents(stream).filter(({ data }) => data !== "[DONE]");
    expect(events.every(({ name, data }) => name === (JSON.parse(data) as { type: string }).type)).toBe(true);
    const names = events.map(({ name }) => name ?? "").filter((name) => name !== "ping");
    const blocks = "content_block_start,(?:content_block_delta,)*content_block_stop,";
    expect(`${names.join(",")},`).toMatch(new RegExp(`^message_start,(?:${blocks})+message_delta,message_stop,$`));
    const data = readData<{ type: string; message?: Body; usage?: Body }>(stream);
    const start = data.find(({ type }) => type === "message_start")?.message;
    expect(start).toMatchObject({ id: expect.stringMatching(/^msg_/), role: "assistant", model: expect.any(String) });
    expect(start?.usage).toMatchObject({ input_tokens: expect.any(Number), output_tokens: expect.any(Number) });
    expect(data.find(({ type }) => type === "message_delta")).toMatchObject({
      delta: { stop_reason: "tool_use" },
      usage: { output_tokens: expect.any(Number) },
    });
  });

  it("say the same without a stream (requirement: same-without-a-stream)", async () => {
    expect(await askJson(messagesPath, { ...body, stream: false })).toMatchObject({
      type: "message",
      stop_reason: "tool_use",
      content: expect.arrayContaining([expect.objectContaining({ type: "tool_use", name: "weather" })]),
    });
  });
});

/** Every event type of the Responses API that an answer of text, reasoning and tool calls may hold. */
const responsesEvent =
  /^response\.(?:created|in_progress|completed|output_item\.(?:added|done)|content_part\.(?:added|done)|(?:output_text|refusal|function_call_arguments|custom_tool_call_input)\.(?:delta|done)|reasoning_summary_(?:part\.(?:added|done)|text\.(?:delta|done))|reasoning_text\.(?:delta|done))$/;

describe.each(modelKinds)("Responses streams of a model with $kind", ({ model }) => {
  const body = {
    model,
    stream: true,
    input: "sim: reasoning Hm.\nsim: text Let me see.\nsim: tool weather {}",
    tools: [{ type: "function", name: "weather", parameters: weatherSchema }],
  };
  type Event = { type: string; sequence_number: number; item?: Body; response?: Body & { output: Body[] } };

  it("are the full sequence, with whole items and usage (requirement: responses-stream-sequence)", async () => {
    const stream = await ask(responsesPath, body);
    const events = readData<Event>(stream);
    const types = events.map(({ type }) => type);
    expect(readEvents(stream).map(({ name }) => name)).toEqual(types);
    expect(types.filter((type) => !responsesEvent.test(type))).toEqual([]);
    expect(types.slice(0, 2)).toEqual(["response.created", "response.in_progress"]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const begun = types.filter((type) => type === "response.output_item.added").length;
    const items = events.flatMap(({ type, item }) => (type === "response.output_item.done" ? [item] : []));
    expect(items).toHaveLength(begun);
    expect(items).toContainEqual(
      expect.objectContaining({ type: "function_call", call_id: expect.any(String), name: "weather", arguments: "{}" }),
    );
    const first = (type: string) => types.indexOf(type);
    expect(first("response.content_part.added")).toBeLessThan(first("response.output_text.delta"));
    expect(first("response.output_text.done")).toBeLessThan(first("response.content_part.done"));
    expect(events.at(-1)).toMatchObject({
      type: "response.completed",
      response: {
        id: expect.stringMatching(/^resp_/),
        status: "completed",
        usage: { input_tokens: expect.any(Number), total_tokens: expect.any(Number) },
      },
    });
    expect(events.at(-1)?.response?.output.map(({ type }) => type)).toEqual(items.map((item) => item?.type));
  });

  it("end in response.failed when they fail (requirement: responses-stream-failure)", async () => {
    const stream = await ask(responsesPath, { ...body, input: "sim: text Let me see.\nsim: cut 6" });
    expect(readData<Event>(stream).at(-1)).toMatchObject({
      type: "response.failed",
      response: { status: "failed", error: { message: expect.any(String) } },
    });
  });
});

describe.each(modelKinds)("Responses tools on a model with $kind", ({ model }) => {
  type Call = { type: string; name: string; namespace?: string; input?: string; arguments?: string; call_id: string };
  const custom = { type: "custom", name: "exec", description: "Runs", format: { type: "text" } };
  const plain = { type: "function", name: "exec", parameters: weatherSchema };
  const namespaced = (tool: Body) => ({ type: "namespace", name: "box", description: "A box", tools: [tool] });

  /** The call that the model makes of its first tool, in a whole answer and in a stream. */
  async function callsOf(more: Body, input: unknown = "sim: tool"): Promise<Call[]> {
    const body = { model, input, ...more };
    const whole = await askJson<{ output: Call[] }>(responsesPath, body);
    const events = readData<{ type: string; item?: Call }>(await ask(responsesPath, { ...body, stream: true }));
    const streamed = events.flatMap(({ type, item }) => (type === "response.output_item.done" && item ? [item] : []));
    return [...whole.output, ...streamed].filter(({ type }) => type.endsWith("_call"));
  }

  it.each([
    { form: "function", tools: [plain], expected: { type: "function_call", name: "exec" } },
    { form: "custom", tools: [custom], expected: { type: "custom_tool_call", name: "exec", input: "sample" } },
    {
      form: "namespace",
      tools: [namespaced(plain)],
      expected: { type: "function_call", name: "exec", namespace: "box" },
    },
    {
      form: "custom in a namespace",
      tools: [namespaced(custom)],
      expected: { type: "custom_tool_call", name: "exec", namespace: "box", input: "sample" },
    },
  ])(
    "$form: called as it was given, in `tools` and in `additional_tools` (requirement: responses-tool-forms)",
    async (row) => {
      const message = { type: "message", role: "user", content: "sim: tool" };
      const additional = { type: "additional_tools", role: "developer", tools: row.tools };
      const calls = [...(await callsOf({ tools: row.tools })), ...(await callsOf({}, [additional, message]))];
      expect(calls).toHaveLength(4);
      for (const call of calls) expect(call).toMatchObject({ ...row.expected, call_id: expect.any(String) });
    },
  );

  it("takes results of every form, images among them (requirement: responses-tool-results)", async () => {
    const image = { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=", detail: "high" };
    const question = { type: "message", role: "user", content: "sim: tool exec\nsim: then\nsim: text Seen." };
    for (const [call, output] of [
      [{ type: "function_call", call_id: "call_1", name: "exec", arguments: "{}" }, "function_call_output"],
      [{ type: "custom_tool_call", call_id: "call_1", name: "exec", input: "ls" }, "custom_tool_call_output"],
    ] as const) {
      for (const content of ["17 degrees", [{ type: "input_text", text: "17 degrees" }, image]]) {
        const tools = [call.type === "function_call" ? plain : custom];
        const input = [question, call, { type: output, call_id: "call_1", output: content }];
        const answer = await askJson<{ output: Body[] }>(responsesPath, { model, input, tools });
        expect(JSON.stringify(answer.output)).toContain("Seen.");
      }
    }
  });

  it("resolves previous_response_id, refuses an unknown one (requirement: stored-responses)", async () => {
    const first = await askJson<{ id: string }>(responsesPath, { model, input: "sim: then\nsim: text Again." });
    const again = { model, input: "hi again", previous_response_id: first.id };
    expect(JSON.stringify(await askJson(responsesPath, again))).toContain("hi again");
    const unknown = await serving.send(responsesPath, { ...again, previous_response_id: "resp_unknown" });
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({
      error: { param: "previous_response_id", code: "previous_response_not_found" },
    });
  });
});

describe("a WebSocket upgrade on /responses (requirement: websocket-refusal)", () => {
  it.each([responsesPath, "/v1/responses"])("is answered 426: %s", async (path) => {
    const { request } = await import("node:http");
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "openai-beta": "responses_websockets=2026-02-06",
      authorization: `Bearer ${serving.key.key}`,
    };
    const status = await new Promise((resolve, reject) => {
      request(serving.gateway.url + path, { headers }, (response) => resolve(response.resume().statusCode))
        .on("upgrade", (_, socket) => {
          socket.destroy();
          resolve("upgraded");
        })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(426);
  });
});

describe("errors", () => {
  const shapes = {
    [messagesPath]: { type: "error", error: { type: expect.any(String), message: expect.any(String) } },
    [responsesPath]: { error: { type: expect.any(String), message: expect.any(String) } },
    [chatPath]: { error: { type: expect.any(String), message: expect.any(String) } },
  };
  const paths = Object.keys(shapes) as (keyof typeof shapes)[];
  const body = (model: string) => ({ ...messages(model, "hi"), input: "hi" });

  it.each(paths)(
    "%s: the API's own shape, and the request's id in a header (requirement: error-shapes)",
    async (path) => {
      for (const [model, status] of [
        ["no-such-model", 404],
        ["gpt-4.1", 400],
      ] as const) {
        const wrong = model === "gpt-4.1" ? { messages: "x", input: 7 } : {};
        const response = await serving.send(path, { ...body(model), ...wrong });
        expect(response.status).toBe(status);
        expect(response.headers.get("x-request-id")).toMatch(/\S/);
        if (path === messagesPath) expect(response.headers.get("request-id")).toMatch(/\S/);
        expect(await response.json()).toMatchObject(shapes[path]);
      }
    },
  );

  it.each(paths)("%s: Retry-After under a minute on every 429 (requirement: retry-after)", async (path) => {
    for (const [model, name, retryAfterSeconds] of [
      ["claude-sonnet-5", "integration-rate-limited", 20],
      ["gpt-5.3-codex", "integration-rate-limited", 7200],
      ["gpt-4o", "user-model-rate-limited", 300],
    ] as const) {
      const fault = serving.simulator.faults.add({ name, model, times: 1, retryAfterSeconds });
      const response = await serving.send(path, body(model));
      serving.simulator.faults.remove(fault);
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(60);
      // Waiting a minute would not help: the SDKs are told not to.
      expect(response.headers.get("x-should-retry")).toBe(retryAfterSeconds > 60 ? "false" : null);
    }
  });
});

describe("x-should-retry (requirement: should-retry)", () => {
  it.each([true, false])("is passed on: %s", async (shouldRetry) => {
    serving.simulator.faults.add({ name: "provider-unavailable", model: "claude-sonnet-5", times: 1, shouldRetry });
    const response = await serving.send(messagesPath, messages("claude-sonnet-5", "hi"));
    expect(response.status).toBe(529);
    expect(response.headers.get("x-should-retry")).toBe(String(shouldRetry));
  });
});

describe("the rest of the surface", () => {
  it("embeddings in base64 (requirement: embeddings-base64)", async () => {
    type Answer = { data: { embedding: string }[] };
    const request = { model: "text-embedding-3-small", input: ["a"], encoding_format: "base64" };
    const { data } = await askJson<Answer>("/openai/v1/embeddings", request);
    expect(Buffer.from(data[0]?.embedding ?? "", "base64").length).toBe(1536 * 4);
  });

  it.each(modelKinds)(
    "a chat's usage comes in a last chunk if asked: $kind (requirement: chat-usage-chunk)",
    async ({ model }) => {
      type Chunk = { choices: Body[]; usage?: Body | null };
      const body = { ...chat(model, "hi"), stream: true };
      const chunks = readData<Chunk>(await ask(chatPath, { ...body, stream_options: { include_usage: true } }));
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
      const unasked = readData<Chunk>(await ask(chatPath, body));
      expect(unasked.every(({ choices, usage }) => choices.length > 0 || !usage)).toBe(true);
    },
  );

  it("models, listed and one by one, in both shapes (requirement: model-lists)", async () => {
    const get = async (path: string, version?: string) => {
      const headers = { "x-api-key": serving.key.key, ...(version ? { "anthropic-version": version } : {}) };
      return (await fetch(serving.gateway.url + path, { headers })).json() as Promise<Body & { data: Body[] }>;
    };
    for (const { model } of modelKinds) {
      const openai = expect.objectContaining({ id: model, object: "model", created: expect.any(Number) });
      const anthropic = expect.objectContaining({
        type: "model",
        display_name: expect.any(String),
        created_at: expect.any(String),
      });
      expect((await get("/openai/v1/models")).data).toContainEqual(openai);
      expect(await get(`/openai/v1/models/${model}`)).toEqual(openai);
      expect((await get("/anthropic/v1/models?limit=1000")).data).toContainEqual(anthropic);
      expect(await get(`/anthropic/v1/models/${model}`)).toEqual(anthropic);
      expect(await get(`/v1/models/${model}`, "2023-06-01")).toEqual(anthropic);
    }
    expect(await get("/anthropic/v1/models?limit=2")).toMatchObject({ has_more: true, first_id: expect.any(String) });
  });

  it.each(modelKinds)("35 counts at once: $kind (requirement: parallel-counts)", async ({ model }) => {
    const tools = [{ name: "weather", input_schema: weatherSchema, description: "The weather. ".repeat(200) }];
    const counts = await Promise.all(
      Array.from({ length: 35 }, (_, index) =>
        askJson<{ input_tokens: number }>(`${messagesPath}/count_tokens?beta=true`, {
          model,
          messages: [{ role: "user", content: "word ".repeat(index * 20) || "foo" }],
          tools: index % 2 === 0 ? tools : [],
        }),
      ),
    );
    expect(counts.every(({ input_tokens: tokens }) => tokens > 0)).toBe(true);
    expect(counts[34]?.input_tokens).toBeGreaterThan(counts[0]?.input_tokens ?? 0);
  });

  it.each(modelKinds)(
    "long bodies with images, and 3 KB of headers: $kind (requirement: large-first-turns)",
    async ({ model }) => {
      const data = Buffer.alloc(2 * 1024 * 1024, 7).toString("base64");
      const image = { type: "image", source: { type: "base64", media_type: "image/png", data } };
      const body = messages(model, [image, { type: "text", text: "What is it?" }], { system: "s".repeat(92_000) });
      const headers = { "x-codex-turn-metadata": "m".repeat(3_000) };
      const response = await serving.send(messagesPath, body, { headers });
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    },
  );
});

describe("while a stream is silent (requirement: silent-streams)", () => {
  it("each protocol's own sign of life comes, and nothing of our own", async () => {
    const streams = await silent;
    streams.forEach((stream, index) => {
      const isMessages = index % 3 === 0;
      expect(stream).toMatch(isMessages ? /event: ping\ndata: \{"type": ?"ping"\}/ : /^:.*$/m);
      expect(stream).toMatch(/message_stop|response\.completed|\[DONE\]/);
    });
  });
});
