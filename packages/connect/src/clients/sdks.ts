import type { Client } from "../connection.js";
import { createEnvironmentPlace } from "../create-places.js";
import { createNote } from "../note.js";
import type { CodePlace } from "../place.js";
import { chatRole, messagesRole } from "./general-role.js";

/** The same for both languages: what the SDK reads by itself, and the code that says it openly. */
function createCodePlace(language: CodePlace["language"], install: string, lines: readonly string[]): CodePlace {
  return {
    kind: "code",
    id: "code",
    title: createNote("title.code"),
    isAlternative: false,
    language,
    install,
    text: `${lines.join("\n")}\n`,
  };
}

export const openaiPython: Client = {
  id: "openai-python",
  name: "OpenAI SDK for Python",
  kind: "library",
  wires: ["openai-chat", "openai-responses"],
  roles: [chatRole],
  onRefusal: createNote("refusal.openai-sdk"),
  build: ({ origin, key, modelFor }) => ({
    places: [
      createEnvironmentPlace([
        ["OPENAI_BASE_URL", `${origin}/openai/v1`],
        ["OPENAI_API_KEY", key],
      ]),
      createCodePlace("python", "pip install openai", [
        "from openai import OpenAI",
        "",
        `client = OpenAI(base_url=${quote(`${origin}/openai/v1`)}, api_key=${quote(key)})`,
        "completion = client.chat.completions.create(",
        `    model=${quote(modelFor("main"))},`,
        `    messages=[{"role": "user", "content": "Say hello"}],`,
        ")",
        "print(completion.choices[0].message.content)",
      ]),
    ],
    verify: null,
    undo: createNote("undo.code"),
    notes: [createNote("note.responses-history"), createNote("note.batches")],
  }),
};

export const openaiTypescript: Client = {
  ...openaiPython,
  id: "openai-typescript",
  name: "OpenAI SDK for TypeScript",
  build: ({ origin, key, modelFor }) => ({
    places: [
      createEnvironmentPlace([
        ["OPENAI_BASE_URL", `${origin}/openai/v1`],
        ["OPENAI_API_KEY", key],
      ]),
      createCodePlace("typescript", "npm install openai", [
        `import OpenAI from "openai";`,
        "",
        `const client = new OpenAI({ baseURL: ${quote(`${origin}/openai/v1`)}, apiKey: ${quote(key)} });`,
        "const completion = await client.chat.completions.create({",
        `  model: ${quote(modelFor("main"))},`,
        `  messages: [{ role: "user", content: "Say hello" }],`,
        "});",
        "console.log(completion.choices[0]?.message.content);",
      ]),
    ],
    verify: null,
    undo: createNote("undo.code"),
    notes: [createNote("note.responses-history"), createNote("note.batches")],
  }),
};

export const anthropicPython: Client = {
  id: "anthropic-python",
  name: "Anthropic SDK for Python",
  kind: "library",
  wires: ["anthropic-messages"],
  roles: [messagesRole],
  onRefusal: createNote("refusal.anthropic-sdk"),
  build: ({ origin, key, modelFor }) => ({
    places: [
      createEnvironmentPlace([
        ["ANTHROPIC_BASE_URL", `${origin}/anthropic`],
        ["ANTHROPIC_API_KEY", key],
      ]),
      createCodePlace("python", "pip install anthropic", [
        "from anthropic import Anthropic",
        "",
        `client = Anthropic(base_url=${quote(`${origin}/anthropic`)}, api_key=${quote(key)})`,
        "message = client.messages.create(",
        `    model=${quote(modelFor("main"))},`,
        "    max_tokens=1024,",
        `    messages=[{"role": "user", "content": "Say hello"}],`,
        ")",
        "print(message.content[0].text)",
      ]),
    ],
    verify: null,
    undo: createNote("undo.code"),
    notes: [createNote("note.batches")],
  }),
};

export const anthropicTypescript: Client = {
  ...anthropicPython,
  id: "anthropic-typescript",
  name: "Anthropic SDK for TypeScript",
  build: ({ origin, key, modelFor }) => ({
    places: [
      createEnvironmentPlace([
        ["ANTHROPIC_BASE_URL", `${origin}/anthropic`],
        ["ANTHROPIC_API_KEY", key],
      ]),
      createCodePlace("typescript", "npm install @anthropic-ai/sdk", [
        `import Anthropic from "@anthropic-ai/sdk";`,
        "",
        `const client = new Anthropic({ baseURL: ${quote(`${origin}/anthropic`)}, apiKey: ${quote(key)} });`,
        "const message = await client.messages.create({",
        `  model: ${quote(modelFor("main"))},`,
        "  max_tokens: 1024,",
        `  messages: [{ role: "user", content: "Say hello" }],`,
        "});",
        `for (const block of message.content) if (block.type === "text") console.log(block.text);`,
      ]),
    ],
    verify: null,
    undo: createNote("undo.code"),
    notes: [createNote("note.batches")],
  }),
};

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

/** A string in Python as in TypeScript. */
function quote(text: string): string {
  return JSON.stringify(text);
}
