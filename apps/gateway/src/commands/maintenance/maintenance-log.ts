import type { Log } from "@copilot-llm/model";
import { createLog } from "../../create-log.js";
import type { CommandContext } from "../command-context.js";

/** Warnings and errors of the stores, as JSON lines beside the result. */
export function createMaintenanceLog({ report }: Pick<CommandContext, "report">): Log {
  return createLog("warn", { write: report });
}
