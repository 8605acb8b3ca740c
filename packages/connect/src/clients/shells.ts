import type { Client } from "../connection.js";
import { createEnvironmentPlace } from "../create-places.js";
import { createNote } from "../note.js";
import type { CommandPlace } from "../place.js";
import { quoteUnix, quoteWindowsText } from "../text/encode-shell.js";
import { chatRole } from "./general-role.js";

/** curl, and what PowerShell has for it. */
export const curl: Client = {
  id: "curl",
  name: "curl",
  kind: "shell",
  wires: ["openai-chat", "openai-responses", "anthropic-messages"],
  roles: [chatRole],
  onRefusal: createNote("refusal.shows"),
  build({ origin, key, modelFor }) {
    const model = modelFor("main");
    const messages = [{ role: "user", content: "Say hello" }];
    return {
      places: [
        createRequest(
          "chat",
          `${origin}/openai/v1/chat/completions`,
          { authorization: `Bearer ${key}` },
          {
            model,
            messages,
            stream: true,
          },
        ),
        {
          ...createRequest(
            "messages",
            `${origin}/anthropic/v1/messages`,
            { "x-api-key": key, "anthropic-version": "2023-06-01" },
            { model, max_tokens: 1024, messages },
          ),
          isAlternative: true,
        },
      ],
      verify: null,
      undo: createNote("undo.nothing"),
    };
  },
};

/** The variables that most programs read. */
export const environment: Client = {
  id: "env",
  name: "Environment variables",
  kind: "shell",
  wires: ["openai-chat", "openai-responses", "anthropic-messages"],
  roles: [],
  onRefusal: createNote("refusal.shows"),
  build: ({ origin, key }) => ({
    places: [
      createEnvironmentPlace([
        ["OPENAI_BASE_URL", `${origin}/openai/v1`],
        ["OPENAI_API_KEY", key],
        ["ANTHROPIC_BASE_URL", `${origin}/anthropic`],
        ["ANTHROPIC_API_KEY", key],
      ]),
    ],
    verify: null,
    undo: createNote("undo.variables"),
  }),
};

function createRequest(
  id: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Readonly<Record<string, unknown>>,
): CommandPlace {
  const all = Object.entries({ ...headers, "content-type": "application/json" });
  const text = JSON.stringify(body);
  const unix = [
    `curl -N ${quoteUnix(url)}`,
    ...all.map(([name, value]) => `  -H ${quoteUnix(`${name}: ${value}`)}`),
    `  -d ${quoteUnix(text)}`,
  ].join(" \\\n");
  const table = all
    .filter(([name]) => name !== "content-type")
    .map(([name, value]) => `${quoteWindowsText(name)} = ${quoteWindowsText(value)}`)
    .join("; ");
  const windows = [
    `Invoke-WebRequest -Method Post -Uri ${quoteWindowsText(url)} -Headers @{ ${table} } \``,
    `  -ContentType 'application/json' -Body ${quoteWindowsText(text)} | Select-Object -ExpandProperty Content`,
  ].join("\n");
  return { kind: "command", id, title: null, isAlternative: false, text: { unix, windows } };
}
