import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { GatewayError } from "@copilot-llm/model";
import { createSystemClock } from "@copilot-llm/provider";
import { pino } from "pino";
import packageJson from "../package.json" with { type: "json" };
import { parseArguments, UsageError, usage } from "./commands/parse-arguments.js";
import { runMaintenance } from "./commands/run-maintenance.js";
import { createLog } from "./create-log.js";
import { type Environment, type GatewaySettings, parseGatewaySettings } from "./env/gateway-settings.js";
import { SettingError } from "./env/setting-error.js";
import { startGateway } from "./start-gateway.js";

/** The composition root: the only place of the gateway that knows the environment. */
async function main(): Promise<void> {
  const command = parseArguments(process.argv.slice(2));
  if (command.name === "help" || command.name === "version") {
    process.stdout.write(command.name === "help" ? usage : `${packageJson.version}\n`);
    return;
  }
  // What we and the SDK runtime write is nobody else's to read.
  process.umask(0o077);
  const environment = readEnvironment();
  const settings = parseGatewaySettings(environment);
  if (command.name === "serve") return serve(settings, environment);
  const log = createLog("warn", pino.destination({ dest: 2, sync: true }));
  const outcome = await runMaintenance(command, { settings, clock: createSystemClock(), log });
  process.stdout.write(`${outcome}\n`);
}

async function serve(settings: GatewaySettings, environment: Environment): Promise<void> {
  // Lines go out together: a write for each costs more than the line itself.
  const destination = pino.destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: 200 });
  process.on("exit", () => destination.flushSync());
  const log = createLog(settings.logLevel, destination);
  // The SDK's JSON-RPC client (vscode-jsonrpc 8.2) throws where nobody can catch it when the runtime dies while it is
  // written to. The call itself fails and is handled; streams under way must not end for it.
  process.on("unhandledRejection", (error) => log.error("unhandled rejection", { error }));
  const gateway = await startGateway(settings, environment, log);
  log.info("listening", { url: gateway.url });
  if (gateway.setupLink !== null) {
    log.info("setup", { link: gateway.setupLink });
    process.stderr.write(`\nCreate the first admin here: ${gateway.setupLink}\n\n`);
  }
  // Whoever started this waits for these lines.
  destination.flush();

  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info("stopping", { signal });
    await gateway.stop();
    log.info("stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}

/** The process's own variables win over those of a `.env` file. */
function readEnvironment(): Environment {
  return existsSync(".env") ? { ...parseEnv(readFileSync(".env", "utf8")), ...process.env } : process.env;
}

/** One line for what an operator can mend; everything else is a bug and shows its stack. */
function describeFailure(error: unknown): string {
  if (error instanceof SettingError || (error instanceof GatewayError && error.code !== "internal"))
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  const isMisuse = error instanceof UsageError;
  process.stderr.write(`copilot-llm: ${isMisuse ? error.message : describeFailure(error)}\n`);
  process.exit(isMisuse ? 2 : 1);
});
