import { Worker } from "node:worker_threads";
import type { Cancel, Clock } from "@copilot-llm/model";
import type { KeyWork } from "./derive-key.js";

/** A thread costs some megabytes and 50 ms to start; people sign in seldom. */
const idleMs = 30_000;

interface Derivation {
  readonly resolve: (key: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Derives keys on one thread of its own, one after the other. Node's scrypt would run on the four threads that files,
 * DNS and compression share, and four guesses at once would hold up whatever is to be written. A thread of its own can
 * take no more than one core, and on Linux only what the rest of the process leaves of it. It is there while there is
 * work, and never keeps the process alive.
 */
export class HashingThread {
  readonly #clock: Clock;
  readonly #waiting: Derivation[] = [];
  #worker: Worker | null = null;
  #cancelEnd: Cancel | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Rejects when the parameters are impossible or the thread has died; the next call starts another. */
  derive(work: KeyWork): Promise<Uint8Array> {
    this.#cancelEnd?.();
    this.#cancelEnd = null;
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      worker.postMessage(work);
    });
  }

  async close(): Promise<void> {
    this.#cancelEnd?.();
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // As text: wherever this module is bundled into, there is no second file to be found.
    const worker = new Worker(`(${deriveOnThread.toString()})()`, { eval: true, execArgv: [], env: {} });
    worker.unref();
    worker.on("message", (answer: { readonly key: Uint8Array } | { readonly failure: string }) => {
      const derivation = this.#waiting.shift();
      if ("key" in answer) derivation?.resolve(answer.key);
      else derivation?.reject(new Error(answer.failure));
      if (this.#waiting.length === 0) this.#cancelEnd = this.#clock.schedule(idleMs, () => void this.#end(worker));
    });
    worker.on("error", (error: Error) => this.#lose(worker, error));
    worker.on("exit", () => this.#lose(worker, new Error("the thread for passwords has ended")));
    return worker;
  }

  #end(worker: Worker): Promise<unknown> {
    this.#worker = null;
    return worker.terminate();
  }

  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** Runs on the thread, from its text alone: it may use nothing of this module. */
function deriveOnThread(): void {
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  const { scryptSync } = process.getBuiltinModule("node:crypto");
  // There a thread has a priority of its own, and 0 means the calling one; elsewhere it would be the process's.
  if (process.platform === "linux") process.getBuiltinModule("node:os").setPriority(0, 10);
  parentPort?.on("message", (work: KeyWork) => {
    try {
      const { password, salt, cost, blockSize, parallelization, length } = work;
      const maxmem = 256 * cost * blockSize;
      const key = scryptSync(password, salt, length, { N: cost, r: blockSize, p: parallelization, maxmem });
      parentPort.postMessage({ key: new Uint8Array(key) });
    } catch (error) {
      parentPort.postMessage({ failure: String(error) });
    }
  });
}
