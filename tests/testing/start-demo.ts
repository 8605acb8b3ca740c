import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The demo as a process of its own, with its month in the console. */
export interface Demo {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly key: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const program = path.resolve(import.meta.dirname, "../../apps/gateway/dist/main.js");

/** Starts the built demo on a free port; resolves when the simulated month is complete, rejects when it ends before. */
export async function startDemo(): Promise<Demo> {
  const workDir = mkdtempSync(path.join(tmpdir(), "copilot-llm-demo-test-"));
  const child = spawn(process.execPath, [program, "demo"], {
    cwd: workDir,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: workDir, PORT: "0" },
  });
  let text = "";
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const isFull = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.includes("shows a simulated month")) resolve();
      });
    }
  });
  const found = (pattern: RegExp): string => {
    const [, value] = pattern.exec(text) ?? [];
    if (value === undefined) throw new Error(`the demo did not print ${pattern}:\n${text}`);
    return value;
  };
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await exited;
    rmSync(workDir, { recursive: true, force: true });
  };
  await Promise.race([isFull, exited]);
  try {
    return {
      url: found(/Console\s+(http:\/\/\S+)\//u),
      username: found(/user (\w+),/u),
      password: found(/password (\S+)/u),
      key: found(/Key\s+(clp_\w+)/u),
      process: child,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
