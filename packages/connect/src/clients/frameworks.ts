import type { Client } from "../connection.js";
import { createNote } from "../note.js";
import { createCodePlace, quote } from "./code-place.js";
import { chatRole } from "./general-role.js";

export const aiSdk: Client = {
  id: "vercel-ai-sdk",
  name: "Vercel AI SDK",
  kind: "library",
  wires: ["openai-chat", "openai-responses", "anthropic-messages"],
  roles: [chatRole],
  onRefusal: createNote("refusal.ai-sdk"),
  build: ({ origin, key, modelFor, detailsFor }) => {
    const isClaude = detailsFor("main")?.wires.includes("anthropic-messages") ?? false;
    const provider = isClaude ? "anthropic" : "openai-compatible";
    const create = isClaude
      ? [
          `import { createAnthropic } from "@ai-sdk/anthropic";`,
          "",
          `const gateway = createAnthropic({ baseURL: ${quote(`${origin}/anthropic/v1`)}, apiKey: ${quote(key)} });`,
        ]
      : [
          `import { createOpenAICompatible } from "@ai-sdk/openai-compatible";`,
          "",
          "const gateway = createOpenAICompatible({",
          `  name: "copilot-llm",`,
          `  baseURL: ${quote(`${origin}/openai/v1`)},`,
          `  apiKey: ${quote(key)},`,
          "  includeUsage: true,",
          "});",
        ];
    return {
      places: [
        createCodePlace("typescript", `npm install ai @ai-sdk/${provider}`, [
          `import { generateText } from "ai";`,
          ...create,
          `const { text } = await generateText({ model: gateway(${quote(modelFor("main"))}), prompt: "Say hello" });`,
          "console.log(text);",
        ]),
      ],
      verify: null,
      undo: createNote("undo.code"),
    };
  },
};

export const langchain: Client = {
  id: "langchain",
  name: "LangChain",
  kind: "library",
  wires: ["openai-chat"],
  roles: [chatRole],
  onRefusal: createNote("refusal.openai-sdk"),
  build: ({ origin, key, modelFor }) => ({
    places: [
      createCodePlace("python", "pip install langchain-openai", [
        "from langchain_openai import ChatOpenAI",
        "",
        "model = ChatOpenAI(",
        `    model=${quote(modelFor("main"))},`,
        `    base_url=${quote(`${origin}/openai/v1`)},`,
        `    api_key=${quote(key)},`,
        "    stream_usage=True,",
        ")",
        `print(model.invoke("Say hello").content)`,
      ]),
      {
        ...createCodePlace("typescript", "npm install @langchain/openai @langchain/core", [
          `import { ChatOpenAI } from "@langchain/openai";`,
          "",
          "const model = new ChatOpenAI({",
          `  model: ${quote(modelFor("main"))},`,
          `  apiKey: ${quote(key)},`,
          `  configuration: { baseURL: ${quote(`${origin}/openai/v1`)} },`,
          "});",
          `console.log((await model.invoke("Say hello")).content);`,
        ]),
        id: "code-typescript",
        isAlternative: true,
      },
    ],
    verify: null,
    undo: createNote("undo.code"),
    notes: [createNote("note.embeddings")],
  }),
};

export const llamaindex: Client = {
  id: "llamaindex",
  name: "LlamaIndex",
  kind: "library",
  wires: ["openai-chat"],
  roles: [chatRole],
  onRefusal: createNote("refusal.openai-sdk"),
  build: ({ origin, key, modelFor, detailsFor }) => ({
    places: [
      createCodePlace("python", "pip install llama-index-llms-openai-like", [
        "from llama_index.llms.openai_like import OpenAILike",
        "",
        "llm = OpenAILike(",
        `    model=${quote(modelFor("main"))},`,
        `    api_base=${quote(`${origin}/openai/v1`)},`,
        `    api_key=${quote(key)},`,
        "    is_chat_model=True,",
        "    is_function_calling_model=True,",
        ...contextWindow(detailsFor("main")?.contextTokens ?? null),
        ")",
        `print(llm.complete("Say hello"))`,
      ]),
    ],
    verify: null,
    undo: createNote("undo.code"),
  }),
};

function contextWindow(tokens: number | null): string[] {
  return tokens === null ? [] : [`    context_window=${tokens},`];
}
