import { readdirSync, readFileSync } from "node:fs";

interface ProcessState {
  readonly state: string;
  readonly parent: number;
}

/** The process ids below a process, from Linux's /proc. */
export function descendantsOf(pid: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = all.map((name) => [Number(name), readState(Number(name))?.parent] as const);
  const below = (parent: number): number[] =>
    parents.filter(([, candidate]) => candidate === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Whether a process still runs; one that ended and waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  const state = readState(pid)?.state;
  return state !== undefined && state !== "Z";
}

function readState(pid: number): ProcessState | undefined {
  try {
    // "pid (command) state parent …": the command may hold spaces and parentheses.
    const [state = "", parent] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return undefined; // ended meanwhile
  }
}
