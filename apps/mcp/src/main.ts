#!/usr/bin/env node
import { createMcpServer } from "@copilot-llm/mcp-tools";
import { createSystemClock, createSystemRandomness } from "@copilot-llm/provider";
import packageJson from "../package.json" with { type: "json" };
import { createBackend } from "./create-backend.js";
import { createStop } from "./create-stop.js";
import { parseMcpSettings } from "./settings/parse-mcp-settings.js";
import { SettingError } from "./settings/setting-error.js";
import { createStderrLog } from "./stdio/create-stderr-log.js";
import { StdioTransport } from "./stdio/stdio-transport.js";

const maxMessageBytes = 64 * 1024 * 1024;
const maxConversationCharacters = 32 * 1024 * 1024;
/** How long requests that came before the client closed its end may still take. */
const farewellMs = 3_000;
const closeLimitMs = 5_000;

/** The composition root: the only place of this app that knows the process. */
async function main(): Promise<void> {
  const settings = parseMcpSettings(process.env);
  const log = createStderrLog(settings.logLevel, (line) => process.stderr.write(line));
  // The SDK's JSON-RPC client (vscode-jsonrpc 8.2) throws where nobody can catch it when its runtime dies meanwhile.
  process.on("unhandledRejection", (error) => log.error("unhandled rejection", { error }));
  const clock = createSystemClock();
  const randomness = createSystemRandomness();
  const { version } = packageJson;
  const { backend, close } = createBackend(
    { settings, environment: process.env, clock, randomness, log },
    `copilot-llm-mcp/${version}`,
  );
  const { defaultModel } = settings;
  const server = createMcpServer(backend, {
    version,
    defaultModel,
    maxConversationCharacters,
    clock,
    randomness,
    log,
  });
  const transport = new StdioTransport({
    input: process.stdin,
    output: process.stdout,
    maxMessageBytes,
    onDisconnect: (how) => void stop(how === "ended" ? farewellMs : 0),
  });

  const stop = createStop({
    idle: () => transport.idle(),
    parts: [server, { close }],
    closeLimitMs,
    pause,
    exit: () => process.exit(0),
    log,
  });
  process.on("SIGTERM", () => void stop(0));
  process.on("SIGINT", () => void stop(0));
  process.stderr.on("error", () => {});

  await server.connect(transport);
  if (process.stdin.isTTY) {
    process.stderr.write("This is an MCP server: an MCP client starts it and talks to it on stdin and stdout.\n");
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

main().catch((error: unknown) => {
  const reason = error instanceof SettingError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`copilot-llm-mcp cannot start: ${reason}\n`);
  process.exit(1);
});
