import { existsSync } from "node:fs";
import path from "node:path";
import { GatewayError, type Log, Secret } from "@copilot-llm/model";
import { resetAdmin } from "@copilot-llm/provider";
import { openStores } from "../../open-stores.js";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";

const generatedBytes = 15;
const shortestPassword = 8;

export interface ResetAdminOptions {
  readonly username: string;
  /** The first line of standard input; else one is made and shown. */
  readonly passwordStdin: boolean;
}

/**
 * Gives the user a new password and the role of an admin, or makes the user. For whoever has the machine: with embedded stores the
 * gateway must be stopped, with PostgreSQL it may go on.
 */
export async function resetAdminPassword(
  { username, passwordStdin }: ResetAdminOptions,
  context: CommandContext,
  log: Log,
): Promise<CommandResult> {
  const settings = context.readSettings();
  const given = passwordStdin ? await readPassword(context) : null;
  if (settings.databaseUrl === null) requireUsers(settings.dataDir);
  const password = given ?? new Secret(Buffer.from(context.randomness.bytes(generatedBytes)).toString("base64url"));
  const { clock, randomness } = context;
  const { stores } = await openStores(settings, clock, log);
  try {
    const { user, created } = await resetAdmin({ stores, clock, randomness, username, password });
    const what = created ? "is a new admin" : "has a new password, and is signed out everywhere";
    return {
      text: given === null ? `${user.username} ${what}. Password: ${password.reveal()}` : `${user.username} ${what}.`,
      json: { username: user.username, created, ...(given === null ? { password: password.reveal() } : {}) },
    };
  } finally {
    await stores.close();
  }
}

async function readPassword({ readInput }: CommandContext): Promise<Secret> {
  const [password = ""] = (await readInput()).split(/\r?\n/);
  if (password.length < shortestPassword) {
    throw new GatewayError("invalid_request", `Standard input must hold a password of ${shortestPassword} characters.`);
  }
  return new Secret(password);
}

/** A mistyped DATA_DIR would become a new one, with an admin whom no gateway knows. */
function requireUsers(dataDir: string): void {
  if (existsSync(path.join(dataDir, "directory.json"))) return;
  const message = `${dataDir} is no data directory of a gateway: set DATA_DIR, or DATABASE_URL.`;
  throw new GatewayError("not_found", message);
}
