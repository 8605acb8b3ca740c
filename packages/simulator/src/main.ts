#!/usr/bin/env node
import { parseArgs } from "node:util";
import { demoAccounts } from "./accounts/demo-accounts.js";
import { startSimulator } from "./simulator.js";

const { values } = parseArgs({
  options: {
    host: { type: "string", default: process.env.SIMULATOR_HOST ?? "127.0.0.1" },
    port: { type: "string", default: process.env.SIMULATOR_PORT ?? "8787" },
    "chunk-delay": { type: "string", default: "15" },
    "known-tokens-only": { type: "boolean", default: false },
  },
});

const port = Number(values.port);
const chunkDelayMs = Number(values["chunk-delay"]);
if (!Number.isInteger(port) || port < 0 || port > 65535) exitWith(`--port ${values.port}: must be 0 to 65535`);
if (!Number.isFinite(chunkDelayMs) || chunkDelayMs < 0) exitWith("--chunk-delay: must be milliseconds, 0 or more");

const simulator = await startSimulator({
  accounts: demoAccounts,
  acceptUnknownTokens: !values["known-tokens-only"],
  host: values.host,
  port,
  chunkDelayMs,
  promptCacheMinimumTokens: 1024,
  maximumLoggedRequests: 500,
  maximumLoggedBytes: 16 * 1024 * 1024,
  logResponses: false,
}).catch((error: unknown) => exitWith(error instanceof Error ? error.message : String(error)));

const tokens = demoAccounts.map((account) => account.token).join(" ");
process.stdout.write(
  `Simulated GitHub and Copilot API at ${simulator.url} (not the real service). Tokens: ${tokens}\n`,
);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });
}

function exitWith(message: string): never {
  process.stderr.write(`simulator: ${message}\n`);
  process.exit(1);
}
