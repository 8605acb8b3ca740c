import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

let serving: Serving;
let client: OpenAI;

beforeAll(async () => {
  serving = await startServing();
  client = createClient(serving.key.key);
});
afterAll(() => serving.stop());

function createClient(apiKey: string): OpenAI {
  return new OpenAI({ baseURL: `${serving.gateway.url}/openai/v1`, apiKey, maxRetries: 0 });
}

const messages = [{ role: "user" as const, content: "good morning" }];

describe("the official OpenAI SDK", () => {
  it("lists the models, each once, with what they cost and can do", async () => {
    const { data } = await client.models.list();
    const ids = data.map(({ id }) => id);
    expect(ids).toContain("gpt-5-mini");
    expect(new Set(ids).size).toBe(ids.length);
    expect(data.find(({ id }) => id === "gpt-5-mini")).toMatchObject({
      object: "model",
      is_premium: false,
      billing_multiplier: 0,
      context_window: expect.any(Number),
      max_output_tokens: expect.any(Number),
      supported_endpoints: expect.arrayContaining(["/chat/completions", "/responses"]),
    });
  });

  it("retrieves one model", async () => {
    expect(await client.models.retrieve("gpt-5-mini")).toMatchObject({ id: "gpt-5-mini", object: "model" });
  });

  it("completes a chat", async () => {
    const completion = await client.chat.completions.create({ model: "gpt-5-mini", messages });
    expect(completion.choices[0]).toMatchObject({ message: { content: "Echo: good morning" }, finish_reason: "stop" });
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  it("streams a chat, with usage in the last chunk when asked", async () => {
    const stream = await client.chat.completions.create({
      model: "gpt-5-mini",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe("Echo: good morning");
    expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  });

  it("streams a tool call and answers on its result", async () => {
    const tools = [
      { type: "function" as const, function: { name: "weather", parameters: { type: "object", properties: {} } } },
    ];
    const question = [{ role: "user" as const, content: 'sim: tool weather {"city":"Berlin"}' }];
    const runner = client.chat.completions.stream({ model: "gpt-5-mini", messages: question, tools });
    const message = (await runner.finalChatCompletion()).choices[0]?.message;
    const call = message?.tool_calls?.[0];
    expect(call).toMatchObject({ function: { name: "weather", arguments: '{"city":"Berlin"}' } });
    const completion = await client.chat.completions.create({
      model: "gpt-5-mini",
      tools,
      messages: [
        ...question,
        { role: "assistant", tool_calls: message?.tool_calls ?? [] },
        { role: "tool", tool_call_id: call?.id ?? "", content: "17 degrees" },
      ],
    });
    expect(completion.choices[0]?.message.content).toContain("17 degrees");
  });

  it("completes a chat on models of the other protocols", async () => {
    for (const model of ["gpt-5.3-codex", "claude-sonnet-5"]) {
      const completion = await client.chat.completions.create({ model, messages });
      expect(completion.choices[0]?.message.content).toBe("Echo: good morning");
    }
  });

  it("creates a response", async () => {
    const response = await client.responses.create({ model: "gpt-5-mini", input: "good morning" });
    expect(response).toMatchObject({ status: "completed", output_text: "Echo: good morning" });
  });

  it("streams a response", async () => {
    const stream = client.responses.stream({ model: "gpt-5-mini", input: "good morning" });
    expect((await stream.finalResponse()).output_text).toBe("Echo: good morning");
  });

  it("embeds", async () => {
    const { data } = await client.embeddings.create({ model: "text-embedding-3-small", input: ["one", "two"] });
    expect(data.map(({ embedding }) => embedding.length > 0)).toEqual([true, true]);
  });
});

describe("the official OpenAI SDK's typed errors", () => {
  const complete = (using: OpenAI, model = "gpt-5-mini") => using.chat.completions.create({ model, messages });

  it("AuthenticationError for a wrong key", async () => {
    const failure = complete(createClient("clp_wrong"));
    await expect(failure).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(failure).rejects.toMatchObject({ status: 401, requestID: expect.any(String) });
  });

  it("NotFoundError for an unknown model, naming close matches", async () => {
    const failure = complete(client, "gpt-5-minni");
    await expect(failure).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(failure).rejects.toMatchObject({ status: 404, message: expect.stringContaining("gpt-5-mini") });
  });

  it("BadRequestError for empty messages", async () => {
    const failure = client.chat.completions.create({ model: "gpt-5-mini", messages: [] });
    await expect(failure).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    await expect(failure).rejects.toMatchObject({ status: 400, type: "invalid_request_error" });
  });

  it("RateLimitError with retry-after while every token rests", async () => {
    const fault = serving.simulator.faults.add({ name: "rate-limited", retryAfterSeconds: 1, times: 1 });
    const failure = complete(client);
    await expect(failure).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    const error: unknown = await failure.catch((reason: unknown) => reason);
    expect(Number((error as InstanceType<typeof OpenAI.APIError>).headers?.get("retry-after"))).toBeGreaterThan(0);
    serving.simulator.faults.remove(fault);
  });
});
