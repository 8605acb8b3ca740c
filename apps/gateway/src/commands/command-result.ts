import type { JsonObject } from "@copilot-llm/model";
import { type ExitCode, exitCodes } from "./exit-codes.js";

/** What a command has to say, in both forms. */
export interface CommandResult {
  readonly text: string;
  /** What `--json` prints instead. */
  readonly json: JsonObject;
  readonly exitCode?: ExitCode;
}

/** The exit code of a result that names none. */
export function exitCodeOf({ exitCode = exitCodes.done }: CommandResult): ExitCode {
  return exitCode;
}
