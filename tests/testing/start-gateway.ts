import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";

/** One JSON line of the gateway's log. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface StartGatewayOptions {
  /** The stand-in for GitHub and Copilot; without it the gateway would talk to GitHub. */
  readonly simulator: { readonly url: string };
  /** Settings besides the address, the data directory and the upstream. The caller's own environment is not passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kept on stop when given; otherwise a fresh directory that `stop` and `kill` remove. */
  readonly dataDir?: string;
}

/** The built gateway as a process of its own. */
export interface Gateway {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** The link printed at start for creating the first admin; undefined when there is an admin already. */
  setupUrl(): string | undefined;
  /** The log so far. */
  logs(): readonly LogLine[];
  /** Everything printed so far, on both streams. */
  output(): string;
  /** Asks the process to end and resolves with its exit code; null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends the process at once (SIGKILL). */
  kill(): Promise<void>;
}

/** A gateway that ended before it listened. */
export interface FailedStart {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = path.resolve(import.meta.dirname, "../../apps/gateway/dist/main.js");

/** Starts the built gateway on a free port and resolves once it listens; rejects with its output when it does not. */
export async function startGateway(options: StartGatewayOptions): Promise<Gateway> {
  const run = runGateway(options);
  const url = await Promise.race([run.listening, run.exited.then(() => undefined)]);
  if (url === undefined) throw new Error(`the gateway ended before it listened:\n${run.stdout()}${run.stderr()}`);
  return {
    url,
    dataDir: run.dataDir,
    process: run.child,
    setupUrl: () => run.logs().find((line) => typeof line.link === "string")?.link as string | undefined,
    logs: run.logs,
    output: () => run.stdout() + run.stderr(),
    stop: (signal = "SIGTERM") => run.end(signal),
    kill: async () => {
      await run.end("SIGKILL");
    },
  };
}

/** Starts the gateway with settings that it must refuse; resolves with what it said. Rejects when it listens all the same. */
export async function failToStartGateway(options: StartGatewayOptions): Promise<FailedStart> {
  const run = runGateway(options);
  const listened = await Promise.race([run.listening, run.exited.then(() => undefined)]);
  const exitCode = await run.end("SIGKILL");
  if (listened !== undefined) throw new Error(`the gateway started:\n${run.stdout()}`);
  return { exitCode, stdout: run.stdout(), stderr: run.stderr() };
}

function runGateway({ simulator, env = {}, dataDir }: StartGatewayOptions) {
  const workDir = mkdtempSync(path.join(tmpdir(), "copilot-llm-e2e-"));
  const directory = dataDir ?? path.join(workDir, "data");
  const child = spawn(process.execPath, [program], {
    // A directory of its own, so that no `.env` of the checkout is read.
    cwd: workDir,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: workDir,
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: directory,
      DRAIN_TIMEOUT: "5s",
      COPILOT_API_URL: simulator.url,
      GITHUB_API_URL: simulator.url,
      ...env,
    },
  });
  const stdout = collectText(child.stdout);
  const stderr = collectText(child.stderr);
  const logs = () => stdout().split("\n").slice(0, -1).flatMap(parseLogLine);
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode));
  });
  const listening = new Promise<string>((resolve) => {
    const look = () => {
      const line = logs().find(({ msg }) => msg === "listening");
      if (typeof line?.url !== "string") return;
      child.stdout.off("data", look);
      resolve(line.url);
    };
    child.stdout.on("data", look);
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const exitCode = await exited;
    rmSync(workDir, { recursive: true, force: true });
    return exitCode;
  };
  return { child, dataDir: directory, listening, exited, logs, end, stdout, stderr };
}

function collectText(stream: Readable): () => string {
  const chunks: string[] = [];
  stream.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  return () => chunks.join("");
}

/** A log line that is a JSON object, as a list of one; anything else printed is left out. */
function parseLogLine(text: string): LogLine[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? [value as LogLine] : [];
  } catch {
    return [];
  }
}
