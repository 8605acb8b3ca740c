import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onTestFinished } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));

/** Bundles a program of this folder, so that plain Node can run it as a process of its own. */
export async function bundleProgram(name: string): Promise<string> {
  const outdir = await createProgramDirectory();
  await build({
    entryPoints: {
      [name]: join(here, `${name}.ts`),
      // Threads are started from a file beside the program.
      "ledger-thread": join(here, "../src/sqlite/thread/ledger-thread.ts"),
    },
    outdir,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@copilot-llm/source"],
    external: ["@photostructure/sqlite"],
    // For bundled packages that are no modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  await writeFile(join(outdir, "package.json"), '{"type":"module"}');
  return join(outdir, `${name}.js`);
}

/** Below the package, so that what is not bundled is found. Goes when the test ends. */
async function createProgramDirectory(): Promise<string> {
  const parent = join(here, "../node_modules/.cache");
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, "program-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
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
