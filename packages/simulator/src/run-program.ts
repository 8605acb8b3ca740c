import { parseArgs } from "node:util";
import { demoAccounts } from "./accounts/demo-accounts.js";
import { type Simulator, startSimulator } from "./simulator.js";

/** What the program takes from its surroundings. */
export interface ProgramInput {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes whole lines for standard output. */
  print(line: string): void;
}

/** A wrong flag or variable; the message names it, its value and what is allowed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const defaultPort = "8787";
const defaultChunkDelayMs = "15";

/** Starts a simulator with the demo accounts as flags and environment say, and prints where it listens. */
export async function runProgram(input: ProgramInput): Promise<Simulator> {
  const settings = readSettings(input);
  const simulator = await startSimulator({
    accounts: demoAccounts,
    acceptUnknownTokens: !settings.knownTokensOnly,
    host: settings.host,
    port: settings.port,
    chunkDelayMs: settings.chunkDelayMs,
    maximumLoggedRequests: 500,
    maximumLoggedBytes: 16 * 1024 * 1024,
    logResponses: false,
  });
  const tokens = demoAccounts.map((account) => account.token).join(" ");
  input.print(`Simulated GitHub and Copilot API (not the real service) at ${simulator.url}, tokens: ${tokens}`);
  return simulator;
}

function readSettings({ arguments: args, environment }: ProgramInput) {
  const { values } = parseFlags(args);
  return {
    host: values.host ?? environment.SIMULATOR_HOST ?? "127.0.0.1",
    port: parseInteger("--port / SIMULATOR_PORT", values.port ?? environment.SIMULATOR_PORT ?? defaultPort, 65_535),
    chunkDelayMs: parseInteger("--chunk-delay", values["chunk-delay"] ?? defaultChunkDelayMs, 60_000),
    knownTokensOnly: values["known-tokens-only"] ?? false,
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: { type: "string" },
        port: { type: "string" },
        "chunk-delay": { type: "string" },
        "known-tokens-only": { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseInteger(name: string, text: string, maximum: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= maximum) return value;
  throw new UsageError(`${name} is "${text}": a whole number from 0 to ${maximum} is needed`);
}
