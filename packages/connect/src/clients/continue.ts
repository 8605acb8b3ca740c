import type { JsonObject } from "@copilot-llm/model";
import type { Client } from "../connection.js";
import { createFilePlace, homeDirectory } from "../create-places.js";
import type { ConnectModel } from "../models/connect-model.js";
import { createNote } from "../note.js";
import type { SettingsChange } from "../settings-change.js";
import { encodeCommand } from "../text/encode-shell.js";
import { generalRole, sideRole } from "./general-role.js";

/** Continue: an entry in its list of models for each role. The name of ours clashes with nobody's. */
export const continueDev: Client = {
  id: "continue",
  name: "Continue",
  kind: "editor",
  wires: ["openai-chat"],
  roles: [generalRole, sideRole],
  onRefusal: createNote("refusal.shows"),
  build({ origin, key, modelFor, detailsFor }) {
    const describe = (role: "main" | "fast", roles: readonly string[]): SettingsChange => ({
      kind: "put",
      path: ["models"],
      by: "name",
      item: {
        name: `Copilot LLM (${role})`,
        provider: "openai",
        model: modelFor(role),
        apiBase: `${origin}/openai/v1`,
        apiKey: key,
        roles,
        ...describeCapabilities(detailsFor(role)),
      },
    });
    return {
      places: [
        createFilePlace({
          directory: homeDirectory(".continue", "CONTINUE_GLOBAL_DIR"),
          names: ["config.yaml", "config.yml"],
          language: "yaml",
          changes: [
            // Each is required; whoever has a file has them already, and keeps them.
            { kind: "default", path: ["name"], value: "Local Config" },
            { kind: "default", path: ["version"], value: "1.0.0" },
            { kind: "default", path: ["schema"], value: "v1" },
            describe("main", ["chat", "edit"]),
            describe("fast", ["apply", "summarize"]),
          ],
          holdsKey: true,
        }),
      ],
      verify: encodeCommand(["cn", "-p", "Say hello"]),
      undo: createNote("undo.entries"),
    };
  },
};

function describeCapabilities(model: ConnectModel | null): JsonObject {
  if (model === null) return {};
  const capabilities = [...(model.callsTools ? ["tool_use"] : []), ...(model.seesImages ? ["image_input"] : [])];
  const options = {
    ...(model.contextTokens === null ? {} : { contextLength: model.contextTokens }),
    ...(model.outputTokens === null ? {} : { maxTokens: model.outputTokens }),
  };
  return {
    ...(capabilities.length === 0 ? {} : { capabilities }),
    ...(Object.keys(options).length === 0 ? {} : { defaultCompletionOptions: options }),
  };
}
