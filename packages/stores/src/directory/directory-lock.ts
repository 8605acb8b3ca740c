import { randomUUID } from "node:crypto";
import { link, readdir, readFile, readlink, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Cancel, type Clock, GatewayError } from "@copilot-llm/model";
import * as z from "zod";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../failure/store-failure.js";

export interface DirectoryLock {
  /**
   * To be awaited before a write. Throws `unavailable` for good once the directory is lost to another process or was
   * released, and for now while that cannot be told. Looks at the disk only when the last look is too long ago, as
   * after the process stood still.
   */
  requireHeld(): Promise<void>;
  /**
   * Called once, before any writer is refused: when it is noticed that the directory is lost, which is a second after
   * this process goes on at most, or at once when it was before.
   */
  onLost(listener: (failure: GatewayError) => void): void;
  /** Leaves what another has taken over as it is. */
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
/** Whoever did not touch its lock for so long looks before it writes: others may count it as dead soon. */
const overdueMs = 3000;

/**
 * Makes this process the only one that writes in the directory. Refuses, naming the other's pid, while the holder
 * lives; what a dead one left is passed over by taking the next number, which only one can get. Whoever got one then
 * looks again: of two that do not know of each other, the later sees the earlier, so that both never go on. Whether
 * a holder in another container or on another machine lives shows when it does not touch its lock for five seconds.
 * One that was only frozen finds out by the lock: see `DirectoryLock.requireHeld`.
 */
export async function lockDirectory(directory: string, clock: Clock): Promise<DirectoryLock> {
  try {
    const { path, text, stale } = await takeNextNumber(directory, clock);
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
    return new HeldLock({ directory, path, text, clock });
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    throw createStoreFailure(`Cannot lock ${directory}: ${describeSystemError(error)}.`, error);
  }
}

/** The lock taken, and those that were found to be without a living holder. */
async function takeNextNumber(directory: string, clock: Clock) {
  const draftPath = join(directory, `lock-${randomUUID()}`);
  const holder = { pid: process.pid, startedAt: await startOfProcess(process.pid), place: await ownPlace() };
  const text = JSON.stringify(holder);
  try {
    await writeFile(draftPath, text, { mode: 0o600 });
    for (;;) {
      const locks = await listLocks(directory);
      await refuseWhileHeld(directory, locks, clock);
      const path = join(directory, `lock.${Math.max(0, ...locks.map(({ number }) => number)) + 1}`);
      // A link appears with its content in one step, and never replaces another's.
      if (await tryLink(draftPath, path)) return { path, text, stale: locks };
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
    if (text !== null) locks.push({ path, text, number: numberOf(path), holder: parseHolder(text) });
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

function numberOf(path: string): number {
  return Number(path.slice(path.lastIndexOf(".") + 1));
}

interface HeldLockOptions {
  readonly directory: string;
  readonly path: string;
  /** What this process wrote there: a later holder's may bear the same number. */
  readonly text: string;
  readonly clock: Clock;
}

class HeldLock implements DirectoryLock {
  readonly #options: HeldLockOptions;
  readonly #listeners: ((failure: GatewayError) => void)[] = [];
  #seenAt: { readonly nowMs: number; readonly monotonicMs: number };
  #wasPassed = false;
  #failure: GatewayError | null = null;
  #looking: Promise<boolean> | null = null;
  #cancelBeat: Cancel | null = null;

  constructor(options: HeldLockOptions) {
    this.#options = options;
    this.#seenAt = this.#moment();
    void this.#beat();
  }

  async requireHeld(): Promise<void> {
    // Again after a look during which the process stood still.
    while (this.#failure === null && this.#isOverdue) {
      const isSeen = await this.#look();
      if (isSeen || this.#failure !== null) continue;
      throw createStoreFailure(`Nothing is written to ${this.#options.directory} until it shows who owns it.`);
    }
    if (this.#failure !== null) throw this.#failure;
  }

  onLost(listener: (failure: GatewayError) => void): void {
    if (this.#failure === null) this.#listeners.push(listener);
    else listener(this.#failure);
  }

  async release(): Promise<void> {
    const { path, text } = this.#options;
    this.#failure ??= new GatewayError("unavailable", "The gateway is stopping.");
    this.#cancelBeat?.();
    await this.#looking;
    if ((await readIfPresent(path)) === text) await rm(path, { force: true });
  }

  async #beat(): Promise<void> {
    await this.#look();
    if (this.#failure !== null) return;
    this.#cancelBeat = this.#options.clock.schedule(heartbeatMs, () => void this.#beat());
  }

  /** Whether it is seen to be held. */
  #look(): Promise<boolean> {
    this.#looking ??= this.#touchAndLook().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #touchAndLook(): Promise<boolean> {
    const { directory, path, text } = this.#options;
    const moment = this.#moment();
    // Some file systems refuse it; what counts is what is seen then.
    await utimes(path, moment.nowMs / 1000, moment.nowMs / 1000).catch(() => undefined);
    const locks = await listLocks(directory).catch((error: unknown) =>
      systemErrorCode(error) === "ENOENT" ? [] : null,
    );
    if (locks === null || this.#failure !== null) return false;
    const isThere = locks.some((lock) => lock.path === path && lock.text === text);
    const isPassed = locks.some(({ number }) => number > numberOf(path));
    // Once may be one that starts, sees this lock and gives way; whoever took over removes it.
    if (!isThere || (isPassed && this.#wasPassed)) this.#lose();
    this.#wasPassed = isPassed;
    if (!isThere || isPassed) return false;
    this.#seenAt = moment;
    return true;
  }

  #lose(): void {
    const { directory } = this.#options;
    this.#failure = createStoreFailure(
      `${directory} is another gateway's now, which took it over while this one stood still, or its lock was removed: this one writes nothing there any more.`,
    );
    for (const listener of this.#listeners) listener(this.#failure);
  }

  #moment() {
    const { clock } = this.#options;
    return { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
  }

  /** By either clock: while a machine is suspended, the monotonic one may stand still too. */
  get #isOverdue(): boolean {
    const { nowMs, monotonicMs } = this.#moment();
    const passedMs = Math.max(Math.abs(nowMs - this.#seenAt.nowMs), monotonicMs - this.#seenAt.monotonicMs);
    return passedMs > overdueMs;
  }
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
