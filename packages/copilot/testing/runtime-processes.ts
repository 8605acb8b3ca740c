import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Ids of the SDK runtimes that work in a directory or below, from Linux's /proc. */
export function runtimeProcesses(directory: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isRuntime(pid) && isBelow(pid, directory));
}

function isRuntime(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("copilot-runtime");
  } catch {
    return false; // ended meanwhile
  }
}

function isBelow(pid: number, directory: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
  } catch {
    return false;
  }
}
