import { createManualClock } from "@copilot-llm/model/testing";
import { createSystemRandomness } from "@copilot-llm/provider";
import type { CommandContext } from "../commands/command-context.js";
import { runCommandLine, type ServeOverrides } from "../commands/command-line.js";
import type { Environment } from "../env/gateway-settings.js";
import { parseGatewaySettings } from "../env/parse-gateway-settings.js";

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Null: the gateway was not asked to serve. */
  readonly served: ServeOverrides | null;
}

/** Runs a command line in this process, on a machine of which only the file system is real. */
export async function runCommand(
  args: readonly string[],
  { environment = {}, home = "/nowhere", input = "", isTerminal = false }: Partial<RunOptions> = {},
): Promise<CommandRun> {
  const output = { stdout: "", stderr: "" };
  let served: ServeOverrides | null = null;
  const context: CommandContext = {
    version: "1.2.3",
    nodeVersion: "20.19.0",
    consoleDir: home,
    environment,
    workingDirectory: home,
    home,
    system: "linux",
    clock: createManualClock(),
    randomness: createSystemRandomness(),
    print: (text) => {
      output.stdout += text;
    },
    report: (text) => {
      output.stderr += text;
    },
    isTerminal,
    readInput: async () => input,
    onStop: () => undefined,
    readSettings: () => parseGatewaySettings(environment),
  };
  const exitCode = await runCommandLine(args, context, {
    async serve(overrides) {
      served = overrides;
    },
    async demo() {},
  });
  return { exitCode, ...output, served };
}

interface RunOptions {
  readonly environment: Environment;
  readonly home: string;
  readonly input: string;
  readonly isTerminal: boolean;
}
