import type { JsonObject } from "@copilot-llm/model";
import type { Client, ConnectionParts } from "../connection.js";
import { createFilePlace } from "../create-places.js";
import { createNote, type Note } from "../note.js";

/** Claude Desktop over stdio: our MCP server, which calls the gateway. */
export const claudeDesktopStdio: Client = {
  id: "claude-desktop-stdio",
  name: "Claude Desktop (MCP, stdio)",
  kind: "mcp",
  wires: [],
  roles: [],
  onRefusal: createNote("refusal.mcp"),
  build: ({ origin, key }) =>
    createParts(
      {
        command: "npx",
        args: ["-y", "@copilot-llm/mcp"],
        env: { COPILOT_LLM_URL: origin, COPILOT_LLM_KEY: key },
      },
      [createNote("note.desktop-restart")],
    ),
};

/** Claude Desktop over HTTP: a bridge carries the calls to the gateway's `/mcp`. */
export const claudeDesktopHttp: Client = {
  ...claudeDesktopStdio,
  id: "claude-desktop-http",
  name: "Claude Desktop (MCP, HTTP)",
  build: ({ origin, key }) =>
    createParts(
      {
        command: "npx",
        // Claude Desktop for Windows cuts arguments at spaces: the header's value comes by the environment.
        args: ["-y", "mcp-remote", `${origin}/mcp`, "--header", `Authorization:\${COPILOT_LLM_AUTHORIZATION}`],
        env: { COPILOT_LLM_AUTHORIZATION: `Bearer ${key}` },
      },
      [createNote("note.desktop-remote"), createNote("note.desktop-restart")],
    ),
};

function createParts(server: JsonObject, notes: readonly Note[]): ConnectionParts {
  return {
    places: [
      createFilePlace({
        directory: {
          variable: null,
          usual: {
            macos: "~/Library/Application Support/Claude",
            linux: "~/.config/Claude",
            windows: "%APPDATA%\\Claude",
          },
        },
        names: ["claude_desktop_config.json"],
        language: "json",
        changes: [{ kind: "set", path: ["mcpServers", "copilot"], value: server }],
        holdsKey: true,
      }),
    ],
    verify: null,
    undo: createNote("undo.entries"),
    notes,
  };
}
