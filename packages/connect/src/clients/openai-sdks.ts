import type { Client } from "../connection.js";
import { createEnvironmentPlace } from "../create-places.js";
import { createNote } from "../note.js";
import { createCodePlace, quote } from "./code-place.js";
import { chatRole } from "./general-role.js";

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
