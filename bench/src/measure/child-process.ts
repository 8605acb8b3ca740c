import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";

/** The contender has a processor to itself; everything else shares the other one. */
export type Processor = "contender" | "others";

export interface StartOptions {
  readonly processor: Processor;
  readonly arguments?: readonly string[];
  /** Default: the benchmark's own. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly workingDirectory?: string;
}

/** A program of ours as a child process, with one question under way at a time. */
export interface OwnProgram {
  readonly pid: number;
  readonly url: string;
  ask<Reply>(question: object): Promise<Reply>;
  stop(): Promise<void>;
}

/** Starts one of the built programs and waits until it listens. */
export async function startOwnProgram(name: string, options: StartOptions): Promise<OwnProgram> {
  const script = path.join(import.meta.dirname, "programs", `${name}.js`);
  const child = startPinned(process.execPath, [script, ...(options.arguments ?? [])], options, [
    "ignore",
    "inherit",
    "inherit",
    "ipc",
  ]);
  const { url } = await nextMessage<{ url: string }>(child, name);
  return {
    pid: childPid(child),
    url,
    async ask<Reply>(question: object) {
      child.send(question);
      const reply = await nextMessage<Reply & { error?: string }>(child, name);
      if (reply.error !== undefined) throw new Error(`${name}: ${reply.error}`);
      return reply;
    },
    stop: () => stopChild(child),
  };
}

/** Starts any program, on the processor it is to have where the system lets one choose. */
export function startPinned(
  command: string,
  commandArguments: readonly string[],
  { processor, environment, workingDirectory }: StartOptions,
  stdio: readonly ("ignore" | "inherit" | "ipc" | number)[],
): ChildProcess {
  const pin = canPin() ? ["taskset", "-c", processor === "contender" ? "0" : "1"] : [];
  const [first = command, ...rest] = [...pin, command, ...commandArguments];
  const child = spawn(first, rest, {
    stdio: [...stdio],
    env: environment ?? process.env,
    ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
  });
  // Nothing goes on that a benchmark which is broken off has started.
  const end = () => child.kill();
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  return child;
}

export function canPin(): boolean {
  return availableParallelism() >= 2 && spawnSync("taskset", ["-c", "1", "true"]).status === 0;
}

export function childPid(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error(`${child.spawnfile} could not be started.`);
  return child.pid;
}

/** SIGTERM, and SIGKILL when that does not help. */
export function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    const kill = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function nextMessage<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`${name} has ended.`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as Message);
    });
  });
}
