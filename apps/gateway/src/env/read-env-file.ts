import { existsSync, readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Environment } from "./gateway-settings.js";

/**
 * The variables of a file such as `.env`; none where there is no such file, as where a directory has its name (a virtual
 * environment of Python). Throws what the system says when it may not be read.
 */
export function readEnvFile(file: string): Environment {
  if (!existsSync(file) || statSync(file).isDirectory()) return {};
  // Editors of Windows put a byte order mark before the first variable, which is no part of its name.
  return parseEnv(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
}
