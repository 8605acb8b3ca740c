import { existsSync } from "node:fs";
import path from "node:path";
import type { Log } from "@copilot-llm/model";
import type { GatewaySettings } from "../../env/gateway-settings.js";
import { SettingError } from "../../env/setting-error.js";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { exitCodes } from "../exit-codes.js";
import { checkDataDirectory } from "./check-data-directory.js";
import { checkDatabase } from "./check-database.js";
import { checkNetwork } from "./check-network.js";
import { checkNode } from "./check-node.js";
import { checkPooledTokens } from "./check-pooled-tokens.js";
import { checkPort } from "./check-port.js";
import { checkTokens, type NamedToken } from "./check-tokens.js";
import { type Finding, ok, problem, skipped } from "./finding.js";

const marks: Readonly<Record<Finding["status"], string>> = {
  ok: "ok      ",
  warning: "warning ",
  problem: "PROBLEM ",
  skipped: "skipped ",
};

/** Looks at everything that a start needs, and changes nothing. Problems make the exit code 3; warnings do not. */
export async function runDoctor(context: CommandContext, log: Log): Promise<CommandResult> {
  const findings: Finding[] = [checkNode(context.nodeVersion)];
  const settings = readSettings(context, findings);
  if (settings !== null) findings.push(...(await examine(settings, context, log)));
  const problems = findings.filter(({ status }) => status === "problem").length;
  const warnings = findings.filter(({ status }) => status === "warning").length;
  const summary =
    problems === 0
      ? `Nothing stands in the way${warnings === 0 ? "" : `; warnings: ${warnings}`}.`
      : `Problems: ${problems}, warnings: ${warnings}.`;
  return {
    text: [...findings.map(describeFinding), "", summary].join("\n"),
    json: { healthy: problems === 0, problems, warnings, findings: findings.map((finding) => ({ ...finding })) },
    exitCode: problems === 0 ? exitCodes.done : exitCodes.unwell,
  };
}

function readSettings({ readSettings: read }: CommandContext, findings: Finding[]): GatewaySettings | null {
  try {
    const settings = read();
    findings.push(ok("settings", "Every setting is understood."));
    return settings;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    findings.push(
      problem("settings", error.message, "Correct it in the environment or in .env, then run doctor again."),
    );
    return null;
  }
}

async function examine(settings: GatewaySettings, context: CommandContext, log: Log): Promise<readonly Finding[]> {
  const port = await checkPort(settings.host, settings.port);
  const local = [
    port.finding,
    ...(await checkDataDirectory(settings.dataDir)),
    ...(settings.databaseUrl === null ? [] : [await checkDatabase(settings.databaseUrl)]),
    checkConsole(settings.consoleDir ?? context.consoleDir),
  ];
  const network = await checkNetwork(settings, () => context.clock.nowMs());
  const tokens = settings.githubTokens;
  const asked = tokens.length === 0 ? [] : await checkTokens(uniqueTokens(tokens), settings, context, log);
  const pooled = port.hasGateway ? await checkPooledTokens(context) : [describeStored(settings)];
  return [...local, ...network, ...asked, ...pooled];
}

function uniqueTokens(tokens: readonly NamedToken[]): readonly NamedToken[] {
  return tokens.filter(
    ({ token }, index) => tokens.findIndex((other) => other.token.reveal() === token.reveal()) === index,
  );
}

function checkConsole(directory: string): Finding {
  if (existsSync(path.join(directory, "index.html"))) return ok("console", "The console is there.");
  return problem("console", `There is no console in ${directory}.`, "Build it (pnpm build), or correct CONSOLE_DIR.");
}

/** Those that were added in the console can be read by a gateway only. */
function describeStored({ githubTokens }: GatewaySettings): Finding {
  const none = githubTokens.length === 0 ? "No GITHUB_TOKEN is set here. " : "";
  return skipped("pool", `${none}Tokens that were added in the console are looked at while the gateway runs.`);
}

function describeFinding({ status, message, mend }: Finding): string {
  return mend === null ? `${marks[status]}${message}` : `${marks[status]}${message}\n        ${mend}`;
}
