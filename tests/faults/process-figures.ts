import { readdirSync, readFileSync } from "node:fs";

/** How many files and sockets a process has open. */
export function openDescriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** The most memory a process has had at once. */
export function peakMemoryMib(pid: number): number {
  const [, kib = "0"] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}
