import { randomUUID } from "node:crypto";
import { link, readdir, readFile, readlink, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cancel, Clock } from "@copilot-llm/model";
import * as z from "zod";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../failure/store-failure.js";

export interface DirectoryLock {
  release(): Promise<void>;
}

const holderSchema = z.strictObject({
  pid: z.int(),
  /** Tells this process from a later one with the same pid; null where the system does not tell. */
  startedAt: z.string().nullable(),
  /** Where the pid means something: this machine since it was started, and the container. Null as above. */
  place: z.string().nullable(),
});

type Holder = z.infer<typeof holderSchema>;

interface LockFile {
  readonly path: string;
  readonly text: string;
  readonly number: number;
  /** Null when nobody can be read from it. */
  readonly holder: Holder | null;
}

/** A holder touches its lock so often, and counts as dead elsewhere when it did not for so long. */
const heartbeatMs = 1000;
const silenceMs = 5000;

/**
 * Makes this process the only one that writes in the directory. Refuses, naming the other's pid, while the holder
 * lives; what a dead one left is passed over by taking the next number, which only one can get. Whoever got one then
 * looks again: of two that do not know of each other, the later sees the earlier, so that both never go on. Whether
 * a holder in another container or on another machine lives shows when it does not touch its lock for five seconds.
 */
export async function lockDirectory(directory: string, clock: Clock): Promise<DirectoryLock> {
  try {
    const { path, stale } = await takeNextNumber(directory, clock);
    try {
      const others = (await listLocks(directory)).filter((lock) => lock.path !== path);
      const isStale = (lock: LockFile) => stale.some((other) => other.path === lock.path && other.text === lock.text);
      await refuseWhileHeld(
        directory,
        others.filter((lock) => !isStale(lock)),
        clock,
      );
      for (const other of others) await rm(other.path, { force: true });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const stopHeartbeat = startHeartbeat(path, clock);
    return {
      async release() {
        stopHeartbeat();
        await rm(path, { force: true });
      },
    };
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    throw createStoreFailure(`Cannot lock ${directory}: ${describeSystemError(error)}.`, error);
  }
}

/** The lock taken, and those that were found to be without a living holder. */
async function takeNextNumber(directory: string, clock: Clock) {
  const draftPath = join(directory, `lock-${randomUUID()}`);
  const holder = { pid: process.pid, startedAt: await startOfProcess(process.pid), place: await ownPlace() };
  try {
    await writeFile(draftPath, JSON.stringify(holder), { mode: 0o600 });
    for (;;) {
      const locks = await listLocks(directory);
      await refuseWhileHeld(directory, locks, clock);
      const path = join(directory, `lock.${Math.max(0, ...locks.map(({ number }) => number)) + 1}`);
      // A link appears with its content in one step, and never replaces another's.
      if (await tryLink(draftPath, path)) return { path, stale: locks };
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
    if (text !== null)
      locks.push({ path, text, number: Number(name.slice("lock.".length)), holder: parseHolder(text) });
  }
  return locks;
}

async function refuseWhileHeld(directory: string, locks: readonly LockFile[], clock: Clock): Promise<void> {
  const place = await ownPlace();
  for (const { holder, path } of locks) {
    if (holder === null) continue;
    const isElsewhere = holder.place !== place;
    if (!(isElsewhere ? await showsLife(path, clock) : await isAlive(holder))) continue;
    const where = isElsewhere ? " in another container or on another machine" : "";
    throw createStoreFailure(
      `${directory} is in use by another gateway (process ${holder.pid}${where}): stop it first, or give this one a directory of its own.`,
    );
  }
}

function startHeartbeat(path: string, clock: Clock): Cancel {
  let cancel: Cancel | null = null;
  let isStopped = false;
  const beat = async () => {
    const now = clock.nowMs() / 1000;
    await utimes(path, now, now).catch(() => undefined);
    if (!isStopped) cancel = clock.schedule(heartbeatMs, beat);
  };
  void beat();
  return () => {
    isStopped = true;
    cancel?.();
  };
}

/** Whether the lock is touched while one watches. */
async function showsLife(path: string, clock: Clock): Promise<boolean> {
  const modified = async () => (await stat(path).catch(() => null))?.mtimeMs ?? null;
  // The clock's timers let a process end, and at the start there may be nothing else yet that it waits for.
  const stayAlive = setInterval(() => undefined, heartbeatMs);
  try {
    const before = await modified();
    for (let waitedMs = 0; waitedMs < silenceMs && before !== null; waitedMs += heartbeatMs) {
      await new Promise<void>((resolve) => clock.schedule(heartbeatMs, resolve));
      const after = await modified();
      if (after !== before) return after !== null;
    }
    return false;
  } finally {
    clearInterval(stayAlive);
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
  const startedAt = await startOfProcess(holder.pid);
  return holder.startedAt === null || startedAt === null || holder.startedAt === startedAt;
}

/** When a process started, in the machine's ticks, from Linux's /proc. */
async function startOfProcess(pid: number): Promise<string | null> {
  const line = await readIfPresent(`/proc/${pid}/stat`);
  if (line === null) return null;
  // The name in parentheses may hold anything; the state is the first field behind it, the start the 20th.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "ended" : (fields[19] ?? null);
}

async function ownPlace(): Promise<string | null> {
  const boot = await readIfPresent("/proc/sys/kernel/random/boot_id");
  const pidNamespace = await readlink("/proc/self/ns/pid").catch(() => null);
  return boot === null || pidNamespace === null ? null : `${boot.trim()}/${pidNamespace}`;
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
