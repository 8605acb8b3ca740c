import { keyLimits, limitPeriods } from "@copilot-llm/quota";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { UsageError } from "../usage-error.js";
import { type GatewayClient, type RemoteOptions, withGateway } from "./gateway-client.js";
import {
  createKey,
  deleteKey,
  listKeys,
  type NewKeyOptions,
  optionOfLimit,
  rotateKey,
  switchKey,
} from "./key-commands.js";
import { addToken, checkToken, deleteToken, listTokens, switchToken } from "./token-commands.js";
import { showUsage, type UsageOptions, usageGroups } from "./usage-command.js";

type Finish = (result: CommandResult) => void;
type Work = (client: GatewayClient) => Promise<CommandResult>;

/** The commands that talk to a running gateway. */
export function addRemoteCommands(program: Command, context: CommandContext, finish: Finish): void {
  const run = async (options: RemoteOptions, work: Work): Promise<void> =>
    finish(await withGateway(options, context, work));
  addKeyCommands(program, run);
  addTokenCommands(program, context, run);
  addRemoteOptions(
    program
      .command("usage")
      .description("who used what on the running gateway; the last 30 days by default")
      .addOption(new Option("--by <group>", "rows of the table").choices([...usageGroups]).default("model"))
      .option("--from <time>", "a date or a time in ISO 8601")
      .option("--to <time>", "a date or a time in ISO 8601"),
  ).action((options: RemoteOptions & UsageOptions) => run(options, (client) => showUsage(client, options)));
}

type Run = (options: RemoteOptions, work: Work) => Promise<void>;

function addKeyCommands(program: Command, run: Run): void {
  const keys = program.command("keys").description("the keys of the running gateway");
  addRemoteOptions(
    keys.command("list", { isDefault: true }).description("all keys, with what is used of their limits"),
  ).action((options: RemoteOptions) => run(options, listKeys));
  const create = keys
    .command("create")
    .description("a new key; it is shown this once")
    .argument("<alias>", "whose or what it is for")
    .option("--model <id...>", "models that it may use; all unless given")
    .option("--token <alias...>", "pooled tokens that may serve it; all unless given");
  for (const { name, meaning } of keyLimits) {
    create.option(`--${optionOfLimit(name)} <number>`, `${meaning}; no limit unless given`, parseNumber);
  }
  create
    .addOption(new Option("--limit-period <period>", "when the limits begin anew").choices([...limitPeriods]))
    .option("--expires <time>", "a time in ISO 8601, with a zone");
  addRemoteOptions(create).action((alias: string, options: RemoteOptions & NewKeyOptions) =>
    run(options, (client) => createKey(client, alias, options)),
  );
  addNamed(keys, "rotate", "a new key in the place of this one", "key", run, rotateKey);
  addNamed(keys, "enable", "switch it on", "key", run, (client, name) => switchKey(client, name, true));
  addNamed(keys, "disable", "switch it off: its requests are refused", "key", run, (client, name) =>
    switchKey(client, name, false),
  );
  addDelete(keys, "key", run, deleteKey);
}

function addTokenCommands(program: Command, context: CommandContext, run: Run): void {
  const tokens = program.command("tokens").description("the pooled GitHub tokens of the running gateway");
  addRemoteOptions(tokens.command("list", { isDefault: true }).description("all tokens, with state and quota")).action(
    (options: RemoteOptions) => run(options, listTokens),
  );
  addRemoteOptions(
    tokens
      .command("add")
      .description("put the token that comes by standard input into the pool; the gateway checks it with GitHub")
      .argument("<alias>", "whose it is"),
  ).action(async (alias: string, options: RemoteOptions) => {
    if (options.passwordStdin) throw new UsageError("standard input holds the token: set COPILOT_LLM_PASSWORD instead");
    const input = await context.readInput();
    return run(options, (client) => addToken(client, alias, input));
  });
  addNamed(tokens, "check", "ask GitHub about it now", "token", run, checkToken);
  addNamed(tokens, "enable", "let it serve", "token", run, (client, name) => switchToken(client, name, true));
  addNamed(tokens, "disable", "let it rest", "token", run, (client, name) => switchToken(client, name, false));
  addDelete(tokens, "token", run, deleteToken);
}

function addNamed(
  parent: Command,
  verb: string,
  description: string,
  what: string,
  run: Run,
  work: (client: GatewayClient, name: string) => Promise<CommandResult>,
): void {
  addRemoteOptions(parent.command(verb).description(description).argument(`<${what}>`, "its alias or id")).action(
    (name: string, options: RemoteOptions) => run(options, (client) => work(client, name)),
  );
}

function addDelete(
  parent: Command,
  what: string,
  run: Run,
  work: (client: GatewayClient, name: string) => Promise<CommandResult>,
): void {
  addRemoteOptions(
    parent
      .command("delete")
      .description("for good; --yes says that it is meant")
      .argument(`<${what}>`, "its alias or id")
      .option("--yes", "it is meant", false),
  ).action((name: string, options: RemoteOptions & { yes: boolean }) => {
    if (!options.yes) throw new UsageError(`deleting a ${what} cannot be undone: add --yes`);
    return run(options, (client) => work(client, name));
  });
}

function addRemoteOptions(command: Command): Command {
  return command
    .option("--url <address>", "the gateway; COPILOT_LLM_URL, or the one of this machine's settings")
    .option("--session <token>", "a session token; COPILOT_LLM_SESSION")
    .option("--username <name>", "who signs in; COPILOT_LLM_USERNAME or ADMIN_USERNAME")
    .option("--password-stdin", "the password comes by standard input; else COPILOT_LLM_PASSWORD or ADMIN_PASSWORD");
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("give a number");
  return value;
}
