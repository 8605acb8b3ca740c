import OpenAI from "openai";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import type { RunnableToolFunctionWithParse } from "openai/lib/RunnableFunction";
import OpenAI7 from "openai-7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Serving, startServing } from "../testing/serving.ts";
import { modelKinds, weatherQuestion, weatherSchema } from "./model-kinds.ts";

const versions = [
  { version: "6", Client: OpenAI },
  { version: "7", Client: OpenAI7 as unknown as typeof OpenAI },
];
const opinion = z.object({ verdict: z.enum(["good", "bad"]), reasons: z.array(z.string()).min(1) });

/** The tool with its implementation, as `runTools` takes it. */
function weather(onAsked: (input: unknown) => void): RunnableToolFunctionWithParse<object> {
  return {
    type: "function",
    function: {
      name: "weather",
      description: "The weather in a city",
      parameters: { ...weatherSchema, required: ["city"] },
      parse: (text) => JSON.parse(text) as object,
      function: (input) => {
        onAsked(input);
        return "17 degrees";
      },
    },
  };
}

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

describe.each(versions)("OpenAI SDK $version", ({ Client }) => {
  const connect = () =>
    new Client({ baseURL: `${serving.gateway.url}/openai/v1`, apiKey: serving.key.key, maxRetries: 0 });

  describe.each(modelKinds)("on a model with $kind", ({ model }) => {
    it("chat.completions.stream: text in deltas, one usage", async () => {
      const messages = [{ role: "user" as const, content: "good morning" }];
      const stream_options = { include_usage: true };
      const stream = connect().chat.completions.stream({ model, messages, stream_options });
      const deltas: string[] = [];
      stream.on("content", (delta) => deltas.push(delta));
      const completion = await stream.finalChatCompletion();
      expect(completion.choices[0]).toMatchObject({
        message: { content: "Echo: good morning" },
        finish_reason: "stop",
      });
      expect(deltas.length).toBeGreaterThan(1);
      expect((await stream.totalUsage()).total_tokens).toBeGreaterThan(0);
    });

    it("chat.completions.runTools: the tool runs, its result is answered", async () => {
      const asked: unknown[] = [];
      const runner = connect().chat.completions.runTools({
        model,
        stream: true,
        messages: [{ role: "user", content: weatherQuestion }],
        tools: [weather((input) => asked.push(input))],
      });
      expect(await runner.finalContent()).toBe("17 degrees.");
      expect(asked).toEqual([{ city: "Berlin" }]);
    });

    it("chat.completions.create: text and parallel calls are one choice", async () => {
      const content = "sim: text Let me see.\nsim: tool weather {}\nsim: tool weather {}";
      const completion = await connect().chat.completions.create({
        model,
        messages: [{ role: "user", content }],
        tools: [{ type: "function", function: { name: "weather", parameters: weatherSchema } }],
      });
      expect(completion.choices).toHaveLength(1);
      expect(completion.choices[0]).toMatchObject({
        message: { content: "Let me see.", tool_calls: [{ type: "function" }, { type: "function" }] },
        finish_reason: "tool_calls",
      });
    });

    it("chat.completions.parse: structured output", async () => {
      const completion = await connect().chat.completions.parse({
        model,
        messages: [{ role: "user", content: "what do you think?" }],
        response_format: zodResponseFormat(opinion, "opinion"),
      });
      expect(completion.choices[0]?.message.parsed).toMatchObject({ verdict: "good" });
    });

    it("responses.stream: every part in its event, the whole in the last", async () => {
      const stream = connect().responses.stream({ model, input: "good morning" });
      const deltas: string[] = [];
      stream.on("response.output_text.delta", ({ delta }) => deltas.push(delta));
      const response = await stream.finalResponse();
      expect(response).toMatchObject({ status: "completed", output_text: "Echo: good morning" });
      expect(deltas.join("")).toBe("Echo: good morning");
      expect(response.usage?.total_tokens).toBeGreaterThan(0);
    });

    it("responses.stream: a tool call and the answer to its result", async () => {
      const tools = [{ type: "function" as const, name: "weather", parameters: weatherSchema, strict: true }];
      const client = connect();
      const first = await client.responses.stream({ model, input: weatherQuestion, tools }).finalResponse();
      const call = first.output.find((item) => item.type === "function_call");
      expect(call).toMatchObject({ name: "weather", arguments: '{"city":"Berlin"}' });
      const output = { type: "function_call_output" as const, call_id: call?.call_id ?? "", output: "17 degrees" };
      const history = first.output as OpenAI.Responses.ResponseInputItem[];
      const input = [{ role: "user" as const, content: weatherQuestion }, ...history, output];
      const second = await client.responses.stream({ model, input, tools }).finalResponse();
      expect(second.output_text).toBe("17 degrees.");
    });

    it("responses.create: previous_response_id carries the conversation on", async () => {
      const tools = [{ type: "function" as const, name: "weather", parameters: weatherSchema, strict: true }];
      const client = connect();
      const first = await client.responses.create({ model, input: weatherQuestion, tools });
      const call = first.output.find((item) => item.type === "function_call");
      const second = await client.responses.create({
        model,
        tools,
        previous_response_id: first.id,
        input: [{ type: "function_call_output", call_id: call?.call_id ?? "", output: "17 degrees" }],
      });
      expect(second.output_text).toBe("17 degrees.");
    });

    it("responses.parse: structured output", async () => {
      const response = await connect().responses.parse({
        model,
        input: "what do you think?",
        text: { format: zodTextFormat(opinion, "opinion") },
      });
      expect(response.output_parsed).toMatchObject({ verdict: "good" });
    });
  });

  it("embeddings.create: the same numbers in base64, its default, and as floats", async () => {
    const request = { model: "text-embedding-3-small", input: ["one", "two"] };
    const packed = await connect().embeddings.create(request);
    const plain = await connect().embeddings.create({ ...request, encoding_format: "float" });
    expect(packed.data.map(({ embedding }) => embedding.length)).toEqual([1536, 1536]);
    expect(packed.data[1]?.embedding).toEqual(plain.data[1]?.embedding);
  });
});
