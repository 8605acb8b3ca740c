import type { Client } from "../connection.js";
import { createEnvironmentPlace } from "../create-places.js";
import { createNote } from "../note.js";
import { createCodePlace, quote } from "./code-place.js";
import { messagesRole } from "./general-role.js";

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
