import { spawn } from "node:child_process";
import path from "node:path";

export interface CommandOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = path.resolve(import.meta.dirname, "../../apps/gateway/dist/main.js");

/** Runs a command of the built gateway, in a directory of its own, with these settings only. */
export async function runCommand(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    /** What it finds on standard input. */
    readonly input?: string;
  },
): Promise<CommandOutcome> {
  const env = { PATH: process.env.PATH, ...options.env };
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd, env });
  // It may end without reading.
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, stdout, stderr };
}
