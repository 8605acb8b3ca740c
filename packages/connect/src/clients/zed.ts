import type { Client } from "../connection.js";
import { createEnvironmentPlace, createFilePlace } from "../create-places.js";
import type { ConnectModel } from "../models/connect-model.js";
import { createNote } from "../note.js";
import { generalRole } from "./general-role.js";

const provider = "Copilot LLM";
/** Zed makes the variable's name of the provider's. */
const variable = "COPILOT_LLM_API_KEY";
/** Where the catalogue does not tell; what the smallest of today's models have. */
const usualContextTokens = 128_000;

/** Zed: a provider in its settings; the key never stands there. */
export const zed: Client = {
  id: "zed",
  name: "Zed",
  kind: "editor",
  wires: ["openai-chat"],
  roles: [generalRole],
  onRefusal: createNote("refusal.shows"),
  build({ origin, key, modelFor, fitting }) {
    const main = modelFor("main");
    const models = fitting.length === 0 ? [{ name: main, max_tokens: usualContextTokens }] : fitting.map(describeModel);
    const usual = "~/.config/zed";
    return {
      places: [
        createFilePlace({
          directory: { variable: null, usual: { macos: usual, linux: usual, windows: "%APPDATA%\\Zed" } },
          names: ["settings.json"],
          language: "json",
          changes: [
            {
              kind: "set",
              path: ["language_models", "openai_compatible", provider, "api_url"],
              value: `${origin}/openai/v1`,
            },
            {
              kind: "set",
              path: ["language_models", "openai_compatible", provider, "available_models"],
              value: models,
            },
            { kind: "set", path: ["agent", "default_model", "provider"], value: provider },
            { kind: "set", path: ["agent", "default_model", "model"], value: main },
          ],
          holdsKey: false,
        }),
        createEnvironmentPlace([[variable, key]], { title: createNote("title.key") }),
      ],
      verify: null,
      undo: createNote("undo.entries"),
      notes: [createNote("note.zed-key")],
    };
  },
};

function describeModel({ id, name, contextTokens, outputTokens, callsTools, seesImages }: ConnectModel) {
  return {
    name: id,
    display_name: name,
    max_tokens: contextTokens ?? usualContextTokens,
    ...(outputTokens === null ? {} : { max_output_tokens: outputTokens }),
    capabilities: { tools: callsTools, images: seesImages, parallel_tool_calls: callsTools, prompt_cache_key: false },
  };
}
