import type { Client } from "../connection.js";
import { createEnvironmentPlace, createFilePlace } from "../create-places.js";
import { createNote } from "../note.js";
import { isLoopback } from "../origin.js";
import type { SettingsChange } from "../settings-change.js";
import { chatRole, generalRole } from "./general-role.js";
import { keyVariable } from "./provider-names.js";

const workingDirectory = { variable: null, usual: { macos: ".", linux: ".", windows: "." } };

/** LiteLLM in front, with this gateway as one of its upstreams. */
export const litellm: Client = {
  id: "litellm",
  name: "LiteLLM",
  kind: "service",
  wires: ["openai-chat"],
  roles: [generalRole],
  onRefusal: createNote("refusal.litellm"),
  build({ origin, key, modelFor, fitting }) {
    const ids = fitting.length === 0 ? [modelFor("main")] : fitting.map(({ id }) => id);
    const changes = ids.map(
      (id): SettingsChange => ({
        kind: "put",
        path: ["model_list"],
        by: "model_name",
        item: {
          model_name: id,
          litellm_params: {
            model: `openai/${id}`,
            api_base: `${origin}/openai/v1`,
            api_key: `os.environ/${keyVariable}`,
          },
        },
      }),
    );
    return {
      places: [
        createFilePlace({
          directory: workingDirectory,
          names: ["config.yaml"],
          language: "yaml",
          changes,
          holdsKey: false,
        }),
        createEnvironmentPlace([[keyVariable, key]], { title: createNote("title.key") }),
      ],
      verify: null,
      undo: createNote("undo.entries"),
      notes: isLoopback(origin) ? [createNote("note.container-origin")] : [],
    };
  },
};

/** Open WebUI: a connection in its admin settings, or variables at its first start. */
export const openWebui: Client = {
  id: "open-webui",
  name: "Open WebUI",
  kind: "service",
  wires: ["openai-chat"],
  roles: [chatRole],
  onRefusal: createNote("refusal.shows"),
  build({ origin, key }) {
    const url = `${origin}/openai/v1`;
    return {
      places: [
        {
          kind: "form",
          id: "connection",
          title: null,
          isAlternative: false,
          location: "Admin Settings > Connections > OpenAI > Add Connection",
          fields: [
            ["URL", url],
            ["API Key", key],
          ],
        },
        createEnvironmentPlace(
          [
            ["OPENAI_API_BASE_URL", url],
            ["OPENAI_API_KEY", key],
          ],
          { isAlternative: true },
        ),
      ],
      verify: null,
      undo: createNote("undo.connection"),
      notes: [
        createNote("note.open-webui-title"),
        ...(isLoopback(origin) ? [createNote("note.container-origin")] : []),
      ],
    };
  },
};
