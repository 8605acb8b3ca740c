import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { GatewayError } from "@copilot-llm/model";
import { pino } from "pino";
import { createLog } from "./create-log.js";
import { type Environment, parseGatewaySettings } from "./env/gateway-settings.js";
import { SettingError } from "./env/setting-error.js";
import { startGateway } from "./start-gateway.js";

/** The composition root: the only place of the gateway that knows the environment. */
async function main(): Promise<void> {
  // What we and the SDK runtime write is nobody else's to read.
  process.umask(0o077);
  const environment = readEnvironment();
  const settings = parseGatewaySettings(environment);
  const destination = pino.destination({ dest: 1, sync: false });
  const log = createLog(settings.logLevel, destination);
  const gateway = await startGateway(settings, environment, log);
  log.info("listening", { url: gateway.url });
  if (gateway.setupLink !== null) {
    log.info("setup", { link: gateway.setupLink });
    process.stderr.write(`\nCreate the first admin here: ${gateway.setupLink}\n\n`);
  }

  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info("stopping", { signal });
    await gateway.stop();
    log.info("stopped");
    destination.flushSync();
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
function describeStartFailure(error: unknown): string {
  if (error instanceof SettingError || (error instanceof GatewayError && error.code !== "internal"))
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`copilot-llm cannot start: ${describeStartFailure(error)}\n`);
  process.exit(1);
});
