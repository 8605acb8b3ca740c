import type { Client } from "../connection.js";
import { createEnvironmentPlace, createFilePlace, homeDirectory } from "../create-places.js";
import { createNote } from "../note.js";
import type { SettingsChange } from "../settings-change.js";
import { encodeCommand } from "../text/encode-shell.js";
import { agentContextTokens } from "./general-role.js";
import { keyVariable, providerId, providerName } from "./provider-names.js";

const directory = homeDirectory(".codex", "CODEX_HOME");

/** Codex: a provider of its own, since the built-in one wants what only OpenAI's own service makes. */
export const codex: Client = {
  id: "codex",
  name: "Codex",
  kind: "agent",
  wires: ["openai-responses"],
  roles: [
    {
      id: "main",
      prefers: "able",
      wires: ["openai-responses"],
      needsTools: true,
      minContextTokens: agentContextTokens,
      names: [/codex/, /^gpt-5(?!.*(?:mini|nano))/, /^gpt-/],
    },
  ],
  onRefusal: createNote("refusal.codex"),
  build({ origin, key, modelFor, detailsFor }) {
    const contextTokens = detailsFor("main")?.contextTokens ?? null;
    const provider = {
      name: providerName,
      base_url: `${origin}/openai/v1`,
      env_key: keyVariable,
      wire_api: "responses",
    };
    const changes: readonly SettingsChange[] = [
      { kind: "set", path: ["model"], value: modelFor("main") },
      { kind: "set", path: ["model_provider"], value: providerId },
      // Codex compacts by its own figure for the model, and gives up where the gateway's is smaller.
      ...(contextTokens === null
        ? []
        : [{ kind: "set", path: ["model_context_window"], value: contextTokens } as const]),
      ...Object.entries(provider).map(
        ([name, value]) => ({ kind: "set", path: ["model_providers", providerId, name], value }) as const,
      ),
    ];
    return {
      places: [
        createFilePlace({ directory, names: ["config.toml"], language: "toml", changes, holdsKey: false }),
        createFilePlace({
          id: "key",
          title: createNote("title.key"),
          directory,
          names: [".env"],
          language: "dotenv",
          changes: [{ kind: "set", path: [keyVariable], value: key }],
          holdsKey: true,
        }),
        createEnvironmentPlace([[keyVariable, key]], {
          title: createNote("title.every-session"),
          isAlternative: true,
        }),
      ],
      verify: encodeCommand(["codex", "exec", "--skip-git-repo-check", "Say hello"]),
      undo: createNote("undo.codex"),
      notes: [createNote("note.codex-offline"), createNote("note.codex-web")],
    };
  },
};
