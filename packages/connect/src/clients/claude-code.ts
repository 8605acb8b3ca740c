import type { Client } from "../connection.js";
import { createEnvironmentPlace, createFilePlace, homeDirectory } from "../create-places.js";
import { createNote } from "../note.js";
import { encodeCommand } from "../text/encode-shell.js";
import { agentContextTokens } from "./general-role.js";

/** Claude Code: its settings file carries the environment, so nothing has to be set in any shell. */
export const claudeCode: Client = {
  id: "claude-code",
  name: "Claude Code",
  kind: "agent",
  wires: ["anthropic-messages"],
  roles: [
    {
      id: "main",
      prefers: "able",
      wires: ["anthropic-messages"],
      needsTools: true,
      minContextTokens: agentContextTokens,
      names: [/^claude-.*sonnet/, /^claude-.*opus/, /^claude-/],
    },
    {
      id: "fast",
      prefers: "able",
      wires: ["anthropic-messages"],
      needsTools: true,
      minContextTokens: agentContextTokens,
      names: [/^claude-.*haiku/],
    },
  ],
  onRefusal: createNote("refusal.claude-code"),
  build({ origin, key, modelFor, fitting }) {
    const main = modelFor("main");
    // Subagents and `/model` ask by family: without these names they would ask for models that only Anthropic has.
    const ofFamily = (family: string): string => fitting.find(({ id }) => id.includes(family))?.id ?? main;
    const variables = [
      ["ANTHROPIC_BASE_URL", `${origin}/anthropic`],
      ["ANTHROPIC_AUTH_TOKEN", key],
      ["ANTHROPIC_MODEL", main],
      ["ANTHROPIC_DEFAULT_OPUS_MODEL", ofFamily("opus")],
      ["ANTHROPIC_DEFAULT_SONNET_MODEL", ofFamily("sonnet")],
      ["ANTHROPIC_DEFAULT_HAIKU_MODEL", modelFor("fast")],
    ] as const;
    return {
      places: [
        createFilePlace({
          directory: homeDirectory(".claude", "CLAUDE_CONFIG_DIR"),
          names: ["settings.json"],
          language: "json",
          changes: variables.map(([name, value]) => ({ kind: "set", path: ["env", name], value })),
          holdsKey: true,
        }),
        createEnvironmentPlace(variables, { title: createNote("title.every-session"), isAlternative: true }),
      ],
      verify: encodeCommand(["claude", "-p", "Say hello"]),
      undo: createNote("undo.restore-copy"),
      notes: [
        createNote("note.claude-code-names"),
        createNote("note.claude-code-login"),
        createNote("note.claude-code-web"),
      ],
    };
  },
};
