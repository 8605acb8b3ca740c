import { parseArgs } from "node:util";

export type MaintenanceCommand =
  | { readonly name: "backup"; readonly archive: string }
  /** `dataDir` null: `DATA_DIR`. */
  | { readonly name: "restore"; readonly archive: string; readonly dataDir: string | null }
  | { readonly name: "import"; readonly dataDir: string };

export type Command =
  | { readonly name: "serve" }
  | { readonly name: "help" }
  | { readonly name: "version" }
  | MaintenanceCommand;

export const usage = `Usage: copilot-llm [COMMAND]

  serve                          Start the gateway (the default)
  backup ARCHIVE                 Write DATA_DIR of a stopped gateway into a new tar archive
  restore ARCHIVE [--data-dir D] Unpack a backup into D, or DATA_DIR, which must be empty
  import DIR                     Copy a data directory into the empty database at DATABASE_URL

  --help, --version

Settings come from the environment and from .env; a running gateway is backed up through GET /api/admin/backup.
`;

/** A command line that cannot be understood. The message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads the arguments after the program's name. Throws a `UsageError`. */
export function parseArguments(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { name: "help" };
  if (values.version === true) return { name: "version" };
  const [name = "serve", ...operands] = positionals;
  if (values["data-dir"] !== undefined && name !== "restore") throw misuse("--data-dir goes with restore only");
  const operand = (what: string): string => {
    const [value, ...rest] = operands;
    if (value === undefined || value === "") throw misuse(`${name} needs ${what}`);
    if (rest.length > 0) throw misuse(`${name} takes ${what} and nothing more`);
    return value;
  };
  switch (name) {
    case "serve":
      if (operands.length > 0) throw misuse("serve takes nothing more");
      return { name };
    case "backup":
      return { name, archive: operand("an archive to write") };
    case "restore":
      return { name, archive: operand("an archive to read"), dataDir: values["data-dir"] ?? null };
    case "import":
      return { name, dataDir: operand("a data directory") };
    default:
      throw misuse(`there is no command ${JSON.stringify(name)}`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, version: { type: "boolean" }, "data-dir": { type: "string" } },
    });
  } catch (error) {
    const [firstSentence = "wrong options"] = error instanceof Error ? error.message.split(/\.\s|\n/) : [];
    throw misuse(firstSentence);
  }
}

function misuse(what: string): UsageError {
  return new UsageError(`${what} (see copilot-llm --help)`);
}
