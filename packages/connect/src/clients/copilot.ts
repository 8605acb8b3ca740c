import type { Client } from "../connection.js";
import { createEnvironmentPlace } from "../create-places.js";
import { createNote } from "../note.js";
import { encodeCommand } from "../text/encode-shell.js";
import { agentContextTokens } from "./general-role.js";

/** GitHub's Copilot CLI with a model provider of one's own; it speaks all three protocols, so it takes the model's own. */
export const copilot: Client = {
  id: "copilot",
  name: "Copilot CLI",
  kind: "agent",
  wires: ["openai-responses", "anthropic-messages", "openai-chat"],
  roles: [
    {
      id: "main",
      prefers: "able",
      wires: ["openai-responses", "anthropic-messages", "openai-chat"],
      needsTools: true,
      minContextTokens: agentContextTokens,
      names: [/^claude-.*sonnet/, /^gpt-5(?!.*(?:mini|nano))/, /^claude-/],
    },
  ],
  onRefusal: createNote("refusal.copilot"),
  build({ origin, key, modelFor, detailsFor }) {
    const model = detailsFor("main");
    const isOwn = (wire: "anthropic-messages" | "openai-responses"): boolean => model?.wires.includes(wire) ?? false;
    const provider: readonly (readonly [string, string])[] = isOwn("anthropic-messages")
      ? [
          ["COPILOT_PROVIDER_TYPE", "anthropic"],
          ["COPILOT_PROVIDER_BASE_URL", `${origin}/anthropic`],
        ]
      : [
          ["COPILOT_PROVIDER_TYPE", "openai"],
          ["COPILOT_PROVIDER_BASE_URL", `${origin}/openai/v1`],
          ["COPILOT_PROVIDER_WIRE_API", isOwn("openai-responses") ? "responses" : "completions"],
        ];
    const limits: readonly (readonly [string, string])[] =
      model?.contextTokens == null || model.outputTokens === null
        ? []
        : [
            ["COPILOT_PROVIDER_MAX_PROMPT_TOKENS", String(Math.max(1, model.contextTokens - model.outputTokens))],
            ["COPILOT_PROVIDER_MAX_OUTPUT_TOKENS", String(model.outputTokens)],
          ];
    return {
      places: [
        createEnvironmentPlace([
          ...provider,
          ["COPILOT_PROVIDER_API_KEY", key],
          ["COPILOT_MODEL", modelFor("main")],
          ...limits,
        ]),
      ],
      verify: encodeCommand(["copilot", "-p", "Say hello"]),
      undo: createNote("undo.variables"),
      notes: [createNote("note.copilot-wire")],
    };
  },
};
