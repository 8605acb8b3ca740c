import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, type LanguageModel, stepCountIs, streamText, tool } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Serving, startServing } from "../testing/serving.ts";
import { modelKinds, weatherQuestion } from "./model-kinds.ts";

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

const openai = () => createOpenAI({ baseURL: `${serving.gateway.url}/openai/v1`, apiKey: serving.key.key });
const providers: readonly { readonly provider: string; readonly connect: (model: string) => LanguageModel }[] = [
  { provider: "openai, responses", connect: (model) => openai()(model) },
  { provider: "openai, chat", connect: (model) => openai().chat(model) },
  {
    provider: "openai-compatible",
    connect: (model) =>
      createOpenAICompatible({
        name: "gateway",
        baseURL: `${serving.gateway.url}/openai/v1`,
        apiKey: serving.key.key,
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(model),
  },
  {
    provider: "anthropic",
    connect: (model) =>
      createAnthropic({ baseURL: `${serving.gateway.url}/anthropic/v1`, apiKey: serving.key.key })(model),
  },
];

describe.each(providers)("Vercel AI SDK, provider $provider", ({ connect }) => {
  describe.each(modelKinds)("on a model with $kind", ({ model }) => {
    it("streamText: the tool runs between two steps", async () => {
      const asked: unknown[] = [];
      const weather = tool({
        description: "The weather in a city",
        inputSchema: z.object({ city: z.string() }),
        execute: async (input) => {
          asked.push(input);
          return "17 degrees";
        },
      });
      const errors: unknown[] = [];
      const result = streamText({
        model: connect(model),
        prompt: weatherQuestion,
        tools: { weather },
        stopWhen: stepCountIs(4),
        maxRetries: 0,
        onError: ({ error }) => {
          errors.push(error);
        },
      });
      await result.consumeStream();
      expect(errors).toEqual([]);
      expect(asked).toEqual([{ city: "Berlin" }]);
      expect(await result.text).toBe("17 degrees.");
      expect((await result.steps).map(({ finishReason }) => finishReason)).toEqual(["tool-calls", "stop"]);
      expect((await result.totalUsage).totalTokens).toBeGreaterThan(0);
    });

    it("generateObject", async () => {
      const schema = z.object({ verdict: z.enum(["good", "bad"]), reasons: z.array(z.string()).min(1) });
      const { object } = await generateObject({ model: connect(model), schema, prompt: "well?", maxRetries: 0 });
      expect(object.verdict).toBe("good");
    });
  });
});
