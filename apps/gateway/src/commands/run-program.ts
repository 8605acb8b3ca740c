import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { createSystemClock, createSystemRandomness } from "@copilot-llm/provider";
import { pino } from "pino";
import packageJson from "../../package.json" with { type: "json" };
import { createLog } from "../create-log.js";
import type { Environment, GatewaySettings } from "../env/gateway-settings.js";
import { parseGatewaySettings } from "../env/parse-gateway-settings.js";
import { readEnvFile } from "../env/read-env-file.js";
import { startGateway } from "../start-gateway.js";
import type { CommandContext } from "./command-context.js";
import { runCommandLine, type ServeOverrides } from "./command-line.js";

/** Signals that come so soon after the first are the same wish. */
const sameRequestMs = 1_000;

/** The whole program, as its process's arguments and environment ask for it. `directory` is where the built program lies. */
export async function runProgram(own: NodeJS.ProcessEnv, directory: string): Promise<void> {
  // What we and the SDK runtime write is nobody else's to read.
  process.umask(0o077);
  const environment = readEnvironment(own);
  const readSettings = (overrides: Environment = {}): GatewaySettings =>
    parseGatewaySettings({ ...environment, ...overrides });
  const context: CommandContext = {
    version: packageJson.version,
    nodeVersion: process.versions.node,
    consoleDir: findPackagedConsole(directory) ?? path.join(directory, "../../console/out"),
    environment,
    workingDirectory: process.cwd(),
    home: homedir(),
    system: process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "linux",
    clock: createSystemClock(),
    randomness: createSystemRandomness(),
    print: (output) => void process.stdout.write(output),
    report: (output) => void process.stderr.write(output),
    isTerminal: process.stderr.isTTY === true,
    readInput: () => text(process.stdin),
    onStop: (stop) => void ["SIGTERM", "SIGINT"].map((signal) => process.once(signal, stop)),
    readSettings: () => readSettings(),
  };
  let isServing = false;
  const exitCode = await runCommandLine(process.argv.slice(2), context, {
    async serve(overrides) {
      await serve(readSettings(encodeOverrides(overrides)), environment, own, directory);
      isServing = true;
    },
    async demo() {
      // As in `serve`; here nobody reads a log.
      process.on("unhandledRejection", () => undefined);
      const { runDemo } = await import("./demo/run-demo.js");
      await runDemo(context, findPackagedConsole(directory));
    },
  });
  if (isServing) return;
  // Connections that are kept for reuse would hold the process for seconds.
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  process.exit(exitCode);
}

function encodeOverrides({ host, port, dataDir }: ServeOverrides): Environment {
  return {
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: port }),
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  };
}

async function serve(
  settings: GatewaySettings,
  environment: Environment,
  own: NodeJS.ProcessEnv,
  directory: string,
): Promise<void> {
  // Lines go out together: a write for each costs more than the line itself.
  const destination = pino.destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: 200 });
  process.on("exit", () => destination.flushSync());
  const log = createLog(settings.logLevel, destination);
  // The SDK's JSON-RPC client (vscode-jsonrpc 8.2) throws where nobody can catch it when the runtime dies while it is
  // written to. The call itself fails and is handled; streams under way must not end for it.
  process.on("unhandledRejection", (error) => log.error("unhandled rejection", { error }));
  // OpenTelemetry's SDK reads its own settings from the process, which does not have those of `.env`.
  for (const name in environment) if (name.startsWith("OTEL_")) own[name] ??= environment[name] ?? "";
  if (settings.workers > 1) {
    log.warn("WORKERS is not supported: one process serves. Start several gateways over one DATABASE_URL instead.");
  }
  const consoleDir = settings.consoleDir ?? findPackagedConsole(directory);
  const gateway = await startGateway({ ...settings, consoleDir }, environment, log);
  log.info("listening", { url: gateway.url });
  if (gateway.setupLink !== null) {
    log.info("setup", { link: gateway.setupLink });
    process.stderr.write(`\nCreate the first admin here: ${gateway.setupLink}\n\n`);
  }
  // Whoever started this waits for these lines.
  destination.flush();

  let askedAtMs: number | null = null;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (askedAtMs !== null) {
      // `timeout`, and a terminal whose npm passes it on, send the first one twice.
      if (performance.now() - askedAtMs < sameRequestMs) return;
      // Whoever asks again waits for nothing: `exit` would wait for the ledger's threads.
      destination.flushSync();
      process.kill(process.pid, "SIGKILL");
    }
    askedAtMs = performance.now();
    log.info("stopping", { signal });
    await gateway.stop();
    log.info("stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}

/** The console beside the program in the published package; null in the repository, where the gateway finds the built one. */
function findPackagedConsole(programDirectory: string): string | null {
  const directory = path.join(programDirectory, "../console");
  return existsSync(path.join(directory, "index.html")) ? directory : null;
}

/** The process's own variables win over those of a `.env` file. */
function readEnvironment(own: NodeJS.ProcessEnv): Environment {
  return { ...readEnvFile(".env"), ...own };
}
