import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
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

/**
 * Makes this process the only one that writes in the directory. Refuses, naming the other's pid, while the holder
 * lives; takes over what a dead one left behind.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, "lock");
  const ownPath = `${path}.${randomUUID()}`;
  const holder: Holder = { pid: process.pid, startedAt: await processStart(process.pid) };
  const text = JSON.stringify(holder);
  try {
    await writeFile(ownPath, text, { mode: 0o600 });
    // A link appears with its content in one step, and never replaces another's.
    while (!(await tryLink(ownPath, path))) await removeStale(path, directory);
  } catch (error) {
    throw systemErrorCode(error) === null
      ? error
      : createStoreFailure(`Cannot lock ${directory}: ${describeSystemError(error)}.`, error);
  } finally {
    await rm(ownPath, { force: true }).catch(() => undefined);
  }
  return {
    async release() {
      if ((await readIfPresent(path)) === text) await rm(path, { force: true });
    },
  };
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

async function removeStale(path: string, directory: string): Promise<void> {
  const text = await readIfPresent(path);
  if (text === null) return;
  const holder = parseHolder(text);
  if (holder !== null && (await isAlive(holder))) {
    throw createStoreFailure(
      `${directory} is in use by another gateway (process ${holder.pid}): stop it first, or give this one a directory of its own.`,
    );
  }
  // Another process may have taken the lock over since it was read: what is moved away must be what was read.
  const stalePath = `${path}.${randomUUID()}`;
  try {
    await rename(path, stalePath);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return;
    throw error;
  }
  if ((await readIfPresent(stalePath)) !== text) await tryLink(stalePath, path);
  await rm(stalePath, { force: true });
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
  // The name in parentheses may hold anything; the start is the 20th field behind it.
  const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
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
