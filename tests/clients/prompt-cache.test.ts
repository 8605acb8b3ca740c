import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { weatherSchema } from "./model-kinds.ts";

type Body = Readonly<Record<string, unknown>>;

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

async function post<T>(path: string, body: Body): Promise<T> {
  const response = await serving.send(path, body);
  const text = await response.text();
  expect(`${response.status} ${response.status === 200 ? "" : text}`).toBe("200 ");
  return JSON.parse(text) as T;
}

const instructions = "Answer in one word. ".repeat(600);
const parameters = weatherSchema;
const question = 'sim: tool weather {"city":"Berlin"}\nsim: then\nsim: text Rain.';

/** Tokens that the last request to a model with Messages read from the cache, and all it was charged for. */
interface Usage {
  readonly cached: number;
  readonly prompt: number;
}

interface ChatAnswer {
  readonly choices: readonly [
    { readonly message: Body & { readonly tool_calls?: readonly { readonly id: string }[] } },
  ];
  readonly usage: {
    readonly prompt_tokens: number;
    readonly prompt_tokens_details: { readonly cached_tokens: number };
  };
}

interface ResponsesAnswer {
  readonly output: readonly (Body & { readonly call_id?: string })[];
  readonly usage: { readonly input_tokens: number; readonly input_tokens_details: { readonly cached_tokens: number } };
}

const clients: Readonly<Record<string, (model: string) => Promise<Usage[]>>> = {
  async Chat(model) {
    const messages: unknown[] = [
      { role: "system", content: instructions },
      { role: "user", content: question },
    ];
    const usages: Usage[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const tools = [{ type: "function", function: { name: "weather", parameters } }];
      const { choices, usage } = await post<ChatAnswer>("/openai/v1/chat/completions", { model, messages, tools });
      const { message } = choices[0];
      const calls = message.tool_calls ?? [];
      messages.push(
        message,
        ...calls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: "rain ".repeat(99) })),
      );
      if (calls.length === 0) messages.push({ role: "user", content: `And on day ${turn}?` });
      usages.push({ cached: usage.prompt_tokens_details.cached_tokens, prompt: usage.prompt_tokens });
    }
    return usages;
  },
  async Responses(model) {
    const input: unknown[] = [{ role: "user", content: question }];
    const usages: Usage[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const tools = [{ type: "function", name: "weather", parameters }];
      const body = { model, instructions, input, tools, store: false };
      const { output, usage } = await post<ResponsesAnswer>("/openai/v1/responses", body);
      const calls = output.filter(({ type }) => type === "function_call");
      input.push(
        ...output,
        ...calls.map(({ call_id }) => ({ type: "function_call_output", call_id, output: "rain ".repeat(99) })),
      );
      if (calls.length === 0) input.push({ role: "user", content: `And on day ${turn}?` });
      usages.push({ cached: usage.input_tokens_details.cached_tokens, prompt: usage.input_tokens });
    }
    return usages;
  },
};

describe.each(Object.entries(clients))("a %s client's conversation with a Claude model", (_, converse) => {
  it("reads from the prompt cache what the turn before it sent", async () => {
    serving.simulator.clearPromptCache();
    const turns = await converse("claude-sonnet-5");
    expect(turns[0]?.cached).toBe(0);
    for (let turn = 1; turn < turns.length; turn += 1) {
      expect(turns[turn]?.cached).toBe(turns[turn - 1]?.prompt);
    }
  });
});

describe("a Messages client's conversation", () => {
  it("is marked by the client alone", async () => {
    const body = { model: "claude-sonnet-5", max_tokens: 99, messages: [{ role: "user", content: "hi" }] };
    await post("/anthropic/v1/messages", body);
    const sent = serving.simulator.requests.to("/v1/messages").at(-1)?.body.toString() ?? "";
    expect(JSON.parse(sent)).toEqual(body);
  });
});
