import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

const model = "claude-sonnet-4.6";

let serving: Serving;
let client: Anthropic;

beforeAll(async () => {
  serving = await startServing();
  client = createClient({ apiKey: serving.key.key });
});
afterAll(() => serving.stop());

function createClient(credential: { apiKey: string } | { authToken: string }): Anthropic {
  return new Anthropic({ baseURL: `${serving.gateway.url}/anthropic`, maxRetries: 0, apiKey: null, ...credential });
}

const question = { model, max_tokens: 1000, messages: [{ role: "user" as const, content: "good morning" }] };

describe("the official Anthropic SDK", () => {
  it("lists the models in Anthropic's shape", async () => {
    const page = await client.models.list();
    expect(page.data.find(({ id }) => id === model)).toMatchObject({ type: "model", display_name: expect.any(String) });
  });

  it("retrieves one model", async () => {
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, type: "model" });
  });

  it("creates a message", async () => {
    const message = await client.messages.create(question);
    expect(message).toMatchObject({ type: "message", stop_reason: "end_turn" });
    expect(message.content).toEqual([expect.objectContaining({ type: "text", text: "Echo: good morning" })]);
    expect(message.usage.output_tokens).toBeGreaterThan(0);
  });

  it("streams a message", async () => {
    const message = await client.messages.stream(question).finalMessage();
    expect(message.content[0]).toMatchObject({ type: "text", text: "Echo: good morning" });
    expect(message.stop_reason).toBe("end_turn");
  });

  it("streams a tool call", async () => {
    const message = await client.messages
      .stream({
        ...question,
        messages: [{ role: "user", content: 'sim: tool weather {"city":"Berlin"}' }],
        tools: [{ name: "weather", input_schema: { type: "object" } }],
      })
      .finalMessage();
    expect(message.stop_reason).toBe("tool_use");
    expect(message.content).toContainEqual(
      expect.objectContaining({ type: "tool_use", name: "weather", input: { city: "Berlin" } }),
    );
  });

  it("counts tokens", async () => {
    const { input_tokens } = await client.messages.countTokens({ model, messages: question.messages });
    expect(input_tokens).toBeGreaterThan(0);
  });

  it("takes the key as Bearer token and from the beta endpoint too", async () => {
    const message = await createClient({ authToken: serving.key.key }).beta.messages.create(question);
    expect(message.content[0]).toMatchObject({ text: "Echo: good morning" });
  });

  it("understands a dated spelling of a model", async () => {
    const message = await client.messages.create({ ...question, model: "claude-sonnet-4-6-20260115" });
    expect(message.content[0]).toMatchObject({ text: "Echo: good morning" });
  });
});

describe("the official Anthropic SDK's typed errors", () => {
  it("AuthenticationError for a wrong key", async () => {
    const failure = createClient({ apiKey: "clp_wrong" }).messages.create(question);
    await expect(failure).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
    await expect(failure).rejects.toMatchObject({
      status: 401,
      error: { type: "error", error: { type: "authentication_error" } },
    });
  });

  it("NotFoundError for an unknown model, naming close matches", async () => {
    const failure = client.messages.create({ ...question, model: "claude-sonet-4.6" });
    await expect(failure).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    await expect(failure).rejects.toMatchObject({ status: 404, message: expect.stringContaining(model) });
  });

  it("BadRequestError for empty messages", async () => {
    const failure = client.messages.create({ ...question, messages: [] });
    await expect(failure).rejects.toBeInstanceOf(Anthropic.BadRequestError);
    await expect(failure).rejects.toMatchObject({ status: 400 });
  });

  it("RateLimitError with retry-after while every token rests", async () => {
    serving.simulator.faults.add({ name: "rate-limited", retryAfterSeconds: 1, times: 1 });
    const failure = client.messages.create(question);
    await expect(failure).rejects.toBeInstanceOf(Anthropic.RateLimitError);
    const error: unknown = await failure.catch((reason: unknown) => reason);
    expect(Number((error as InstanceType<typeof Anthropic.APIError>).headers?.get("retry-after"))).toBeGreaterThan(0);
  });
});
