import type { ChatRequest, McpBackend } from "@copilot-llm/mcp-tools";
import { expect, test } from "vitest";
import { measureChats } from "./measure-chats.js";

const question = { model: "free", temperature: null, maxTokens: null };
const said = (text: string, base64 = "") => ({
  role: "user" as const,
  text,
  images: base64 === "" ? [] : [{ mediaType: "image/png", base64 }],
});

test("tells what each answered chat adds to its conversation, and nothing of one that failed", async () => {
  const told: number[] = [];
  const backend: McpBackend = {
    chat: async ({ turns }) => {
      if (turns.at(-1)?.text === "fail") throw new Error("refused");
      const usage = { tokens: null, nanoAiu: null };
      return { model: "free", text: "answer", finishReason: "stop", usage, requestId: null } as const;
    },
    listModels: async () => [],
    quota: () => Promise.reject(new Error("not asked")),
  };
  const measured = measureChats(backend, (characters) => told.push(characters));
  const chat = (request: Pick<ChatRequest, "system" | "turns">) =>
    measured.chat({ ...question, ...request }, { onText: () => {}, signal: new AbortController().signal });
  await chat({ system: null, turns: [said("hello")] });
  await chat({ system: "short", turns: [said("hello"), said("look", "1234")] });
  await expect(chat({ system: null, turns: [said("fail")] })).rejects.toThrow("refused");
  expect(told).toEqual([11, 19]);
  expect(await measured.listModels(new AbortController().signal)).toEqual([]);
});
