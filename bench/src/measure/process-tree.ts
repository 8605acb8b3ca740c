import { readdirSync, readFileSync } from "node:fs";

const nanosecondsPerSecond = 1e9;

/** What a process and all below it took so far. */
export interface TreeUsage {
  /** Of the process itself. */
  readonly cpuSeconds: number;
  /** Of the processes below it. */
  readonly childCpuSeconds: number;
  readonly residentBytes: number;
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** Reads it from /proc. Processes that ended before are not counted. */
export function readTreeUsage(pid: number): TreeUsage {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
  const below = (parent: number): ProcessStat[] =>
    all.filter((stat) => stat.parent === parent).flatMap((stat) => [stat, ...below(stat.pid)]);
  const own = all.find((stat) => stat.pid === pid);
  if (own === undefined) throw new Error(`Process ${pid} has ended.`);
  const children = below(pid);
  return {
    cpuSeconds: own.cpuSeconds,
    childCpuSeconds: children.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    residentBytes: children.reduce((sum, { residentBytes }) => sum + residentBytes, own.residentBytes),
  };
}

const pageBytes = 4_096;
/** Of `stat`, on every Linux that runs Node. */
const ticksPerSecond = 100;

function readStat(pid: number): ProcessStat | null {
  try {
    // "pid (command) state parent …": the command may hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const field = (index: number): number => Number(fields[index]);
    const cpuSeconds = Math.max(readThreadSeconds(pid), (field(11) + field(12)) / ticksPerSecond);
    return { pid, parent: field(1), cpuSeconds, residentBytes: field(21) * pageBytes };
  } catch {
    return null; // ended meanwhile
  }
}

/** Of all threads that run, to the nanosecond. `stat` knows those that ended as well, but hundredths of a second only. */
function readThreadSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ", 1)),
  );
  return times.reduce((sum, time) => sum + time, 0) / nanosecondsPerSecond;
}
