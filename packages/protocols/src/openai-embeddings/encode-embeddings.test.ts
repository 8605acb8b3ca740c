import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { encodeEmbeddingsAsBase64 } from "./encode-embeddings.js";

describe("encodeEmbeddingsAsBase64", () => {
  it("gives the official SDK the numbers again, which asks for base64 (requirement: embeddings-base64)", async () => {
    const vector = [0.5, -1.25, 0];
    const answer = {
      object: "list",
      model: "e",
      data: [{ object: "embedding", index: 0, embedding: vector }],
      usage: {},
    };
    const fetch = async () => Response.json(encodeEmbeddingsAsBase64(answer));
    const read = await new OpenAI({ apiKey: "k", fetch }).embeddings.create({ model: "e", input: "a" });
    expect(Array.from(read.data[0]?.embedding ?? [])).toEqual(vector);
  });

  it("leaves a body without vectors alone", () => {
    expect(encodeEmbeddingsAsBase64({ error: {} })).toEqual({ error: {} });
  });
});
