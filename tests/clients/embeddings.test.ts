import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

const model = "text-embedding-3-small";
/** "hello world" and " again" in cl100k_base, the model's encoding. */
const tokens = { "hello world": [15339, 1917], " again": [1578] };

let serving: Serving;
let client: OpenAI;

beforeAll(async () => {
  serving = await startServing();
  client = new OpenAI({ baseURL: `${serving.gateway.url}/openai/v1`, apiKey: serving.key.key, maxRetries: 0 });
});
afterAll(() => serving.stop());

async function embed(input: OpenAI.EmbeddingCreateParams["input"]) {
  const { data } = await client.embeddings.create({ model, input });
  const sent = serving.simulator.requests.to("/embeddings").at(-1)?.body.toString() ?? "{}";
  return { vectors: data.map(({ embedding }) => embedding), sent: (JSON.parse(sent) as { input: unknown }).input };
}

describe("embeddings", () => {
  it("of a text, a list, and token arrays as LangChain sends them are the same (requirement: token-arrays)", async () => {
    const one = await embed("hello world");
    expect(one.sent).toEqual(["hello world"]);
    expect((await embed(["hello world"])).vectors).toEqual(one.vectors);
    expect(await embed(tokens["hello world"])).toEqual(one);
    const two = await embed([tokens["hello world"], tokens[" again"]]);
    expect(two.sent).toEqual(["hello world", " again"]);
    expect(two.vectors[0]).toEqual(one.vectors[0]);
  });

  it.each([[[-1]], [[15339, 1.5]], [[[1e9]]]])("of %j, which holds no token, are refused", async (input) => {
    await expect(embed(input as number[])).rejects.toMatchObject({
      status: 400,
      param: expect.stringMatching(/^input/),
    });
  });

  it("by a model for conversations are refused", async () => {
    const failure = client.embeddings.create({ model: "gpt-4.1", input: "hello" });
    await expect(failure).rejects.toMatchObject({ status: 400, param: "model" });
  });
});
