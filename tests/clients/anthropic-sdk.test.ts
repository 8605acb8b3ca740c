import Anthropic from "@anthropic-ai/sdk";
import { betaZodTool } from "@anthropic-ai/sdk/helpers/beta/zod";
import Anthropic0 from "anthropic-sdk-0";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Serving, startServing } from "../testing/serving.ts";
import { modelKinds, weatherQuestion, weatherSchema } from "./model-kinds.ts";

const versions = [
  { version: "1.12.0", Client: Anthropic },
  { version: "0.137.0", Client: Anthropic0 as unknown as typeof Anthropic },
];
const max_tokens = 2048;

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

describe.each(versions)("Anthropic SDK $version", ({ Client }) => {
  const connect = () =>
    new Client({ baseURL: `${serving.gateway.url}/anthropic`, apiKey: serving.key.key, maxRetries: 0 });

  describe.each(modelKinds)("on a model with $kind", ({ model }) => {
    it("messages.stream: text in deltas, usage at both ends", async () => {
      const messages = [{ role: "user" as const, content: "good morning" }];
      const stream = connect().messages.stream({ model, max_tokens, messages });
      const deltas: string[] = [];
      stream.on("text", (delta) => deltas.push(delta));
      const message = await stream.finalMessage();
      expect(message).toMatchObject({ role: "assistant", stop_reason: "end_turn" });
      expect(await stream.finalText()).toBe("Echo: good morning");
      expect(deltas.length).toBeGreaterThan(1);
      const { input_tokens, cache_creation_input_tokens, output_tokens } = message.usage;
      expect(input_tokens + (cache_creation_input_tokens ?? 0)).toBeGreaterThan(0);
      expect(output_tokens).toBeGreaterThan(1);
    });

    it("messages.stream: a tool call and the answer to its result", async () => {
      const tools = [{ name: "weather", input_schema: { ...weatherSchema, required: ["city"] } }];
      const question = { role: "user" as const, content: weatherQuestion };
      const client = connect();
      const first = await client.messages.stream({ model, max_tokens, tools, messages: [question] }).finalMessage();
      expect(first.stop_reason).toBe("tool_use");
      const call = first.content.find((block) => block.type === "tool_use");
      expect(call).toMatchObject({ name: "weather", input: { city: "Berlin" } });
      const result = { type: "tool_result" as const, tool_use_id: call?.id ?? "", content: "17 degrees" };
      const second = await client.messages
        .stream({
          model,
          max_tokens,
          tools,
          messages: [question, { role: "assistant", content: first.content }, { role: "user", content: [result] }],
        })
        .finalText();
      expect(second).toBe("17 degrees.");
    });

    it.each([true, false])(
      "beta.messages.toolRunner (stream: %s): the tool runs, its result is answered",
      async (stream) => {
        const asked: unknown[] = [];
        const weather = betaZodTool({
          name: "weather",
          description: "The weather in a city",
          inputSchema: z.object({ city: z.string() }),
          run: (input) => {
            asked.push(input);
            return "17 degrees";
          },
        });
        const messages = [{ role: "user" as const, content: weatherQuestion }];
        const runner = connect().beta.messages.toolRunner({ model, max_tokens, messages, tools: [weather], stream });
        const message = await runner.runUntilDone();
        expect(message.content).toMatchObject([{ type: "text", text: "17 degrees." }]);
        expect(asked).toEqual([{ city: "Berlin" }]);
      },
    );

    it("messages.countTokens", async () => {
      const messages = [{ role: "user" as const, content: "good morning" }];
      expect((await connect().messages.countTokens({ model, messages })).input_tokens).toBeGreaterThan(4);
    });
  });
});
