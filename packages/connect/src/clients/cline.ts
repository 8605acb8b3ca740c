import type { Client } from "../connection.js";
import { createNote } from "../note.js";
import { encodeCommand } from "../text/encode-shell.js";
import { generalRole } from "./general-role.js";

/** Cline, as a VS Code extension and on the command line. Its own command writes its settings. */
export const cline: Client = {
  id: "cline",
  name: "Cline",
  kind: "agent",
  wires: ["openai-chat"],
  roles: [generalRole],
  onRefusal: createNote("refusal.shows"),
  build({ origin, key, modelFor }) {
    const model = modelFor("main");
    const baseUrl = `${origin}/openai/v1`;
    return {
      places: [
        {
          kind: "form",
          id: "extension",
          title: createNote("title.extension"),
          isAlternative: false,
          location: "Cline > Settings > API Configuration",
          fields: [
            ["API Provider", "OpenAI Compatible"],
            ["Base URL", baseUrl],
            ["OpenAI Compatible API Key", key],
            ["Model ID", model],
          ],
        },
        {
          kind: "command",
          id: "command-line",
          title: createNote("title.command-line"),
          isAlternative: true,
          text: encodeCommand(["cline", "auth", "openai-compatible", "-k", key, "-m", model, "-b", baseUrl]),
        },
      ],
      verify: encodeCommand(["cline", "Say hello"]),
      undo: createNote("undo.form"),
      notes: [createNote("note.cline-window")],
    };
  },
};
