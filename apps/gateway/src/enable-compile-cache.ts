import { chmodSync, mkdirSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import type { Environment } from "./env/gateway-settings.js";

/** Of Node 22.8 and later; older ones have none. */
interface CompileCache {
  readonly enableCompileCache?: (directory: string) => unknown;
}

/**
 * Lets Node keep what it compiles in the user's own cache directory, and nobody else's: what lies there is run. Does nothing
 * where that cannot be, or where `NODE_COMPILE_CACHE` or `NODE_DISABLE_COMPILE_CACHE` says otherwise.
 */
export function enableCompileCache(environment: Environment, node: CompileCache = module as CompileCache): void {
  if (node.enableCompileCache === undefined) return;
  if (environment.NODE_COMPILE_CACHE || environment.NODE_DISABLE_COMPILE_CACHE) return;
  try {
    const directory = path.join(
      environment.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
      "copilot-llm",
      "compiled",
    );
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    node.enableCompileCache(directory);
  } catch {
    // Where nothing can be written, each start compiles anew.
  }
}
