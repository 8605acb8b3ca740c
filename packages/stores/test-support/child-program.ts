import { type ChildProcessByStdio, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import { createTemporaryDirectory } from "./temporary-directory.js";

/** Bundles a program of this folder, so that plain Node can run it as a process of its own. */
export async function bundleProgram(name: string): Promise<string> {
  const outfile = join(await createTemporaryDirectory(), `${name}.mjs`);
  await build({
    entryPoints: [join(dirname(fileURLToPath(import.meta.url)), `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@copilot-llm/source"],
    // For bundled packages that are no modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

export interface Child {
  readonly pid: number;
  /** The next line, or null when the process has ended. */
  nextLine(): Promise<string | null>;
  /** Ends it at once and waits until it is gone. What it had written before can still be read. */
  kill(): Promise<void>;
}

export function startProgram(path: string, args: readonly string[]): Child {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, [path, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  onTestFinished(kill);
  return {
    pid: child.pid ?? 0,
    async nextLine() {
      const { value, done } = await lines.next();
      return done === true ? null : value;
    },
    kill,
  };
}
