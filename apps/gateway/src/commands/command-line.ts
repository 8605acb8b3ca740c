import { operatingSystems } from "@copilot-llm/connect";
import { GatewayError } from "@copilot-llm/model";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { createLog } from "../create-log.js";
import { accountRules } from "../env/account-rules.js";
import { SettingError } from "../env/setting-error.js";
import type { CommandContext } from "./command-context.js";
import type { CommandResult } from "./command-result.js";
import { exitCodeOf } from "./command-result.js";
import type { ConnectOptions } from "./connect/connect-client.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { createMaintenanceLog } from "./maintenance/maintenance-log.js";
import { addRemoteCommands } from "./remote/add-remote-commands.js";
import { UsageError } from "./usage-error.js";

/** What only the composition root can do: run until the process is asked to stop. */
export interface LongRunning {
  serve(overrides: ServeOverrides): Promise<void>;
  /** Resolves once it is stopped. */
  demo(): Promise<void>;
}

/** Settings given on the command line, which win over the environment. */
export interface ServeOverrides {
  readonly host?: string;
  readonly port?: string;
  readonly dataDir?: string;
}

/** Reads the arguments and runs the command. Resolves with the exit code; nothing is thrown. */
export async function runCommandLine(
  args: readonly string[],
  context: CommandContext,
  longRunning: LongRunning,
): Promise<ExitCode> {
  const isJson = args.includes("--json");
  let exitCode: ExitCode = exitCodes.done;
  const finish = (result: CommandResult): void => {
    context.print(isJson ? `${JSON.stringify(result.json, null, 2)}\n` : `${result.text}\n`);
    exitCode = exitCodeOf(result);
  };
  try {
    const program = createProgram(context, longRunning, finish);
    requireCommand(program, args);
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const failure = describeFailure(error);
    context.report(
      isJson
        ? `${JSON.stringify({ error: { code: failure.code, message: failure.message } })}\n`
        : `copilot-llm: ${failure.message}\n`,
    );
    return failure.exitCode;
  }
}

/** Commander would take an unknown name for an argument of the default command. */
function requireCommand(program: Command, [name, ...rest]: readonly string[]): void {
  if (name === undefined || name.startsWith("-") || program.commands.length === 0) return;
  const command = program.commands.find((known) => known.name() === name || known.aliases().includes(name));
  if (command !== undefined) {
    requireCommand(command, rest);
    return;
  }
  const group = program.parent === null ? "" : ` in ${program.name()}`;
  throw new UsageError(`there is no command ${JSON.stringify(name)}${group}`);
}

/** Every command with its options; actions hand their result to `finish`. */
export function createProgram(
  context: CommandContext,
  longRunning: LongRunning,
  finish: (result: CommandResult) => void,
): Command {
  const program = new Command("copilot-llm")
    .description("A gateway that serves pooled GitHub Copilot subscriptions as OpenAI and Anthropic APIs.")
    .version(context.version)
    .option("--json", "print one JSON document for scripts")
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: context.print, writeErr: () => undefined })
    .addHelpText(
      "after",
      "\nSettings come from the environment and from .env in the working directory.\nA command ends with 0, with 1 and one line when it cannot be done, with 2 when it is not understood.",
    );
  addStart(program, longRunning);
  addConnect(program, context, finish);
  addDoctor(program, context, finish);
  addRemoteCommands(program, context, finish);
  addMaintenance(program, context, finish);
  return program;
}

function addStart(program: Command, longRunning: LongRunning): void {
  program
    .command("start", { isDefault: true })
    .alias("serve")
    .description("start the gateway (the default)")
    .addOption(new Option("--host <address>", "where to listen, as HOST"))
    .addOption(new Option("--port <number>", "where to listen, as PORT"))
    .addOption(new Option("--data-dir <directory>", "embedded stores, as DATA_DIR"))
    .action((options: ServeOverrides) => longRunning.serve(options));
  program
    .command("demo")
    .description(
      "start the gateway on a simulated GitHub and Copilot, with a key and lines to try; HOST and PORT are kept",
    )
    .action(() => longRunning.demo());
}

function addDoctor(program: Command, context: CommandContext, finish: (result: CommandResult) => void): void {
  program
    .command("doctor")
    .description(
      "look at all that a start needs, GitHub and the tokens included, and say how to mend it; exit code 3 for problems",
    )
    .action(async () => {
      const { runDoctor } = await import("./doctor/run-doctor.js");
      // What the SDK's runtime says of a refused token is in the finding already.
      finish(await runDoctor(context, createLog("silent", { write: () => undefined })));
    });
}

function addConnect(program: Command, context: CommandContext, finish: (result: CommandResult) => void): void {
  program
    .command("connect")
    .description("print how a client is pointed at the gateway; without a client: which there are")
    .argument("[client]", "claude-code, codex, opencode, copilot, qwen, cline, continue, env, …")
    .option("--url <address>", "the gateway; COPILOT_LLM_URL, or the one of this machine's settings")
    .option("--key <key>", "a managed key, or - to read it from standard input; COPILOT_LLM_KEY")
    .option("--model <id>", "the model for the work itself; the best that fits unless given")
    .option("--fast-model <id>", "the model for titles and the like, where the client has two")
    .addOption(new Option("--system <name>", "the machine it is for").choices([...operatingSystems]))
    .option("--write", "change the client's settings file, show what changed, keep a copy of what it was", false)
    .action(async (client: string | undefined, options: ConnectOptions) => {
      const { connectClient } = await import("./connect/connect-client.js");
      finish(await connectClient(client, options, context));
    });
}

function addMaintenance(program: Command, context: CommandContext, finish: (result: CommandResult) => void): void {
  program
    .command("backup")
    .description("write the data directory of a stopped gateway into a new tar archive")
    .argument("<archive>", "a file that is not there yet")
    .action(async (archive: string) => {
      const { backUp } = await import("./maintenance/back-up.js");
      finish(await backUp(archive, context, createMaintenanceLog(context)));
    });
  program
    .command("restore")
    .description("unpack a backup into a directory that is empty or not there")
    .argument("<archive>", "what `backup` or GET /api/admin/backup gave")
    .option("--data-dir <directory>", "where to; DATA_DIR unless given")
    .action(async (archive: string, { dataDir }: { dataDir?: string }) => {
      const { restore } = await import("./maintenance/restore.js");
      finish(await restore(archive, dataDir ?? null, context));
    });
  program
    .command("import")
    .description("copy a data directory into the empty database at DATABASE_URL")
    .argument("<directory>", "the data directory of a stopped gateway")
    .action(async (directory: string) => {
      const { importDirectory } = await import("./maintenance/import-directory.js");
      finish(await importDirectory(directory, context, createMaintenanceLog(context)));
    });
  program
    .command("reset-admin")
    .description("give an admin a new password, or make one; with embedded stores the gateway must be stopped")
    .option("--username <name>", "who", parseUsername, "admin")
    .option("--password-stdin", "take the password from standard input; else one is made and shown", false)
    .action(async (options: { username: string; passwordStdin: boolean }) => {
      const { resetAdminPassword } = await import("./maintenance/reset-admin.js");
      finish(await resetAdminPassword(options, context, createMaintenanceLog(context)));
    });
}

function parseUsername(value: string): string {
  const name = value.trim();
  const { maxUsernameLength, usernamePattern } = accountRules;
  if (usernamePattern.test(name) && name.length <= maxUsernameLength) return name;
  throw new InvalidArgumentError(`give 1 to ${maxUsernameLength} letters, digits or . _ @ -`);
}

interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
}

/** One line for what an operator can mend; everything else is a bug and shows its stack. */
function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) return describeMisuse(misuseOf(error));
  if (error instanceof UsageError) return describeMisuse(error.message);
  if (error instanceof SettingError) return { exitCode: exitCodes.failed, code: "setting", message: error.message };
  if (error instanceof GatewayError && error.code !== "internal") {
    return { exitCode: exitCodes.failed, code: error.code, message: error.message };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: exitCodes.failed, code: "internal", message };
}

function describeMisuse(message: string): Failure {
  return { exitCode: exitCodes.misused, code: "usage", message: `${message} (see copilot-llm --help)` };
}

/** Commander's words without its mark, in one line. */
function misuseOf({ message }: CommanderError): string {
  const [line = ""] = message.replace(/^error: /, "").split("\n");
  return line.replace(/\.$/, "");
}
