import type { JsonObject } from "@copilot-llm/model";
import type { Client } from "../connection.js";
import { createFilePlace, homeDirectory } from "../create-places.js";
import type { ConnectModel } from "../models/connect-model.js";
import { createNote } from "../note.js";
import { encodeCommand } from "../text/encode-shell.js";
import { generalRole, sideRole } from "./general-role.js";
import { providerId, providerName } from "./provider-names.js";

/** opencode: one provider with every model, so that `/models` shows them all. */
export const opencode: Client = {
  id: "opencode",
  name: "opencode",
  kind: "agent",
  wires: ["openai-chat"],
  roles: [generalRole, sideRole],
  onRefusal: createNote("refusal.opencode"),
  build({ origin, key, modelFor, fitting }) {
    const main = modelFor("main");
    const fast = modelFor("fast");
    const named: JsonObject = { [main]: { name: main }, [fast]: { name: fast } };
    const models = { ...named, ...Object.fromEntries(fitting.map((model) => [model.id, describeModel(model)])) };
    const provider = {
      npm: "@ai-sdk/openai-compatible",
      name: providerName,
      options: { baseURL: `${origin}/openai/v1`, apiKey: key },
      models,
    };
    return {
      places: [
        createFilePlace({
          directory: homeDirectory(".config/opencode"),
          names: ["opencode.json", "opencode.jsonc"],
          language: "json",
          changes: [
            { kind: "set", path: ["model"], value: `${providerId}/${main}` },
            { kind: "set", path: ["small_model"], value: `${providerId}/${fast}` },
            { kind: "set", path: ["provider", providerId], value: provider },
          ],
          holdsKey: true,
        }),
      ],
      verify: encodeCommand(["opencode", "run", "Say hello"]),
      undo: createNote("undo.entries"),
      notes: [createNote("note.opencode-title")],
    };
  },
};

/** opencode compacts by the limits, and sends images only where the model is said to see them. */
function describeModel({ name, contextTokens, outputTokens, seesImages }: ConnectModel): JsonObject {
  return {
    name,
    ...(contextTokens === null || outputTokens === null
      ? {}
      : { limit: { context: contextTokens, output: outputTokens } }),
    ...(seesImages ? { attachment: true, modalities: { input: ["text", "image"], output: ["text"] } } : {}),
  };
}
