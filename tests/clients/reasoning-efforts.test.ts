import { afterAll, beforeAll, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { modelKinds } from "./model-kinds.ts";

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
  serving.simulator.changeAccount("alice", { entitlement: 1_000_000 });
});
afterAll(() => serving.stop());

const message = { role: "user", content: "hi" };
const protocols = [
  {
    path: "/openai/v1/chat/completions",
    body: { messages: [message] },
    ask: (reasoning_effort: string) => ({ reasoning_effort }),
  },
  { path: "/openai/v1/responses", body: { input: [message] }, ask: (effort: string) => ({ reasoning: { effort } }) },
  {
    path: "/anthropic/v1/messages",
    body: { messages: [message], max_tokens: 2048 },
    ask: (effort: string) => ({ output_config: { effort } }),
  },
];
const models = [...modelKinds.map(({ model }) => model), "gpt-5.4"];
const efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

it.each(protocols)("$path takes every effort on every model", async ({ path, body, ask }) => {
  for (const model of models) {
    for (const effort of efforts) {
      const answer = await serving.send(path, { model, ...body, ...ask(effort) });
      expect(`${model} ${effort}: ${answer.status} ${answer.ok ? "" : await answer.text()}`).toBe(
        `${model} ${effort}: 200 `,
      );
    }
  }
});
