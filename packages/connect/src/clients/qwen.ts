import type { JsonObject } from "@copilot-llm/model";
import type { Client } from "../connection.js";
import { createFilePlace, homeDirectory } from "../create-places.js";
import type { ConnectModel } from "../models/connect-model.js";
import { createNote } from "../note.js";
import { encodeCommand } from "../text/encode-shell.js";
import { generalRole, sideRole } from "./general-role.js";
import { keyVariable, providerId } from "./provider-names.js";

/** qwen-code: a provider of its own that speaks OpenAI's Chat; the key lies in the settings' own environment. */
export const qwen: Client = {
  id: "qwen",
  name: "qwen-code",
  kind: "agent",
  wires: ["openai-chat"],
  roles: [generalRole, sideRole],
  onRefusal: createNote("refusal.qwen"),
  build({ origin, key, modelFor, fitting }) {
    const main = modelFor("main");
    const fast = modelFor("fast");
    const describe = (id: string, model?: ConnectModel): JsonObject => ({
      id,
      name: model?.name ?? id,
      envKey: keyVariable,
      baseUrl: `${origin}/openai/v1`,
      ...(model?.contextTokens == null ? {} : { generationConfig: { contextWindowSize: model.contextTokens } }),
    });
    const known = fitting.map((model) => describe(model.id, model));
    const unknown = [...new Set([main, fast])].filter((id) => !fitting.some((model) => model.id === id));
    return {
      places: [
        createFilePlace({
          directory: homeDirectory(".qwen"),
          names: ["settings.json"],
          language: "json",
          changes: [
            { kind: "set", path: ["env", keyVariable], value: key },
            {
              kind: "set",
              path: ["modelProviders", providerId],
              value: [...unknown.map((id) => describe(id)), ...known],
            },
            { kind: "set", path: ["providerProtocol", providerId], value: "openai" },
            { kind: "set", path: ["security", "auth", "selectedType"], value: "openai" },
            { kind: "set", path: ["model", "name"], value: main },
            { kind: "set", path: ["fastModel"], value: fast },
          ],
          holdsKey: true,
        }),
      ],
      verify: encodeCommand(["qwen", "-p", "Say hello"]),
      undo: createNote("undo.restore-copy"),
    };
  },
};
