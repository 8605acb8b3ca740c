import type { Client } from "../connection.js";
import { createNote } from "../note.js";
import { isLoopback, isPlainHttp } from "../origin.js";
import { generalRole } from "./general-role.js";

/** Cursor: fields in its settings; its own servers make the calls. */
export const cursor: Client = {
  id: "cursor",
  name: "Cursor",
  kind: "editor",
  wires: ["openai-chat"],
  roles: [generalRole],
  onRefusal: createNote("refusal.shows"),
  build({ origin, key, modelFor }) {
    const values = { client: "Cursor", origin };
    return {
      places: [
        {
          kind: "form",
          id: "settings",
          title: null,
          isAlternative: false,
          location: "Cursor Settings > Models > API Keys",
          fields: [
            ["OpenAI API Key", key],
            ["Override OpenAI Base URL", `${origin}/openai/v1`],
            ["Add model", modelFor("main")],
          ],
        },
      ],
      verify: null,
      undo: createNote("undo.form"),
      notes: [createNote("note.cursor-servers")],
      problems: [
        ...(isLoopback(origin) ? [createNote("origin.loopback", values)] : []),
        ...(isPlainHttp(origin) ? [createNote("origin.plain", values)] : []),
      ],
    };
  },
};
