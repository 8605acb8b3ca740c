import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { createStoreFailure, describeSystemError, systemErrorCode } from "./store-failure.js";

export interface DirectoryLock {
  release(): Promise<void>;
}

const holderSchema = z.strictObject({
  pid: z.int(),
  /** Tells this process from a later one with the same pid; null where the system does not tell. */
  startedAt: z.string().nullable(),
});

type Holder = z.infer<typeof holderSchema>;

interface LockFile {
  readonly path: string;
  readonly number: number;
  /** Null when nobody can be read from it. */
  readonly holder: Holder | null;
}

/**
 * Makes this process the only one that writes in the directory. Refuses, naming the other's pid, while the holder
 * lives; what a dead one left is passed over by taking the next number, which only one can get. Whoever got one then
 * looks again: of two that do not know of each other, the later sees the earlier, so that both never go on.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  try {
    const path = await takeNextNumber(directory);
    try {
      const others = (await listLocks(directory)).filter((lock) => lock.path !== path);
      await refuseWhileHeld(directory, others);
      for (const other of others) await rm(other.path, { force: true });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { release: () => rm(path, { force: true }) };
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    throw createStoreFailure(`Cannot lock ${directory}: ${describeSystemError(error)}.`, error);
  }
}

async function takeNextNumber(directory: string): Promise<string> {
  const draftPath = join(directory, `lock-${randomUUID()}`);
  const holder: Holder = { pid: process.pid, startedAt: await processStart(process.pid) };
  try {
    await writeFile(draftPath, JSON.stringify(holder), { mode: 0o600 });
    for (;;) {
      const locks = await listLocks(directory);
      await refuseWhileHeld(directory, locks);
      const path = join(directory, `lock.${Math.max(0, ...locks.map(({ number }) => number)) + 1}`);
      // A link appears with its content in one step, and never replaces another's.
      if (await tryLink(draftPath, path)) return path;
    }
  } finally {
    await rm(draftPath, { force: true }).catch(() => undefined);
  }
}

async function listLocks(directory: string): Promise<readonly LockFile[]> {
  const names = (await readdir(directory)).filter((name) => /^lock\.\d+$/.test(name));
  const locks: LockFile[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const text = await readIfPresent(path);
    if (text !== null) locks.push({ path, number: Number(name.slice("lock.".length)), holder: parseHolder(text) });
  }
  return locks;
}

async function refuseWhileHeld(directory: string, locks: readonly LockFile[]): Promise<void> {
  for (const { holder } of locks) {
    if (holder === null || !(await isAlive(holder))) continue;
    throw createStoreFailure(
      `${directory} is in use by another gateway (process ${holder.pid}): stop it first, or give this one a directory of its own.`,
    );
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (systemErrorCode(error) === "ESRCH") return false;
  }
  const startedAt = await processStart(holder.pid);
  return holder.startedAt === null || startedAt === null || holder.startedAt === startedAt;
}

/** Boot and start time of a process, from Linux's /proc. */
async function processStart(pid: number): Promise<string | null> {
  const boot = await readIfPresent("/proc/sys/kernel/random/boot_id");
  const stat = await readIfPresent(`/proc/${pid}/stat`);
  if (boot === null || stat === null) return null;
  // The name in parentheses may hold anything; the state is the first field behind it, the start the 20th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return "ended";
  const ticks = fields[19];
  return ticks === undefined ? null : `${boot.trim()}/${ticks}`;
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}
