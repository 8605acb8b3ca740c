import OpenAI, { toFile } from "openai";
import type { Gateway } from "../testing/start-gateway.ts";

const model = "gpt-5-mini";

export function openaiClient({ url }: Pick<Gateway, "url">, apiKey: string): OpenAI {
  return new OpenAI({ baseURL: `${url}/openai/v1`, apiKey, maxRetries: 0 });
}

/** Makes a batch of so many chat requests, which say what `say` says. */
export async function createBatch(
  client: OpenAI,
  items: number,
  say: (index: number) => string,
): Promise<OpenAI.Batch> {
  const lines = Array.from({ length: items }, (_, index) => {
    const body = { model, messages: [{ role: "user", content: say(index) }] };
    return `${JSON.stringify({ custom_id: `item-${index}`, method: "POST", url: "/v1/chat/completions", body })}\n`;
  });
  const file = await client.files.create({
    file: await toFile(Buffer.from(lines.join("")), "in.jsonl"),
    purpose: "batch",
  });
  return client.batches.create({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" });
}
