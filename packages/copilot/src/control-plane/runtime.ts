import { backoffMs, type Clock, type Log } from "@copilot-llm/model";
import type { CopilotClient } from "@github/copilot-sdk";
import { ControlTimeoutError, RuntimeLostError } from "./control-failure.js";
import { createLiveProcess, isConnectionError, type LiveProcess } from "./live-process.js";
import { limitTime } from "./time-limit.js";

/** How often a runtime with calls under way is asked whether it lives: the SDK leaves calls pending when it dies. */
const watchIntervalMs = 1000;
const pingLimitMs = 5000;
const stopLimitMs = 2000;
/** The end of a runtime that lived this long says nothing about the next one. */
const soundLifeMs = 60_000;
const restartBackoff = { firstMs: 500, longestMs: 30_000 };

export interface RuntimeOptions {
  readonly name: string;
  /** A client whose process is not started yet; called before every start. */
  readonly createClient: () => Promise<CopilotClient>;
  /** Called when a process was lost that nobody stopped; the next call starts another. */
  readonly onLost: () => void;
  /** Called once, after the last process ended. */
  readonly cleanUp: () => Promise<void>;
  readonly callLimitMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * One SDK runtime process: started by the first call, replaced by the next call after it died
 * (docs/copilot-service.md#one-runtime).
 */
export interface Runtime {
  /**
   * Runs `operation` against the live client. When the process is lost meanwhile, it runs once more on a new one, so an
   * operation must hold nothing of another client. Rejects with the operation's own error, `RuntimeLostError`, the
   * error of the start, or `ControlTimeoutError`; after that the process is replaced, as it would go on waiting for the
   * same answer.
   */
  use<Value>(operation: (client: CopilotClient) => Promise<Value>): Promise<Value>;
  /** Refuses new calls and ends the process, with the calls under way or after them. Idempotent. */
  stop(calls: "at-once" | "after-calls"): Promise<void>;
}

export function createRuntime({
  name,
  createClient,
  onLost,
  cleanUp,
  callLimitMs,
  clock,
  log,
}: RuntimeOptions): Runtime {
  const calls = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let live: LiveProcess | null = null;
  let starting: Promise<LiveProcess> | null = null;
  let stopped: Promise<void> | null = null;
  let failuresInRow = 0;

  const start = async (): Promise<LiveProcess> => {
    // The first restart is immediate; a runtime that goes on dying must not keep the machine busy.
    if (failuresInRow > 1) await pause(backoffMs(restartBackoff, failuresInRow - 2));
    if (stopping.signal.aborted) throw createLostError();
    const client = await createClient();
    try {
      await limitTime(clock, callLimitMs, client.start());
    } catch (error) {
      void client.forceStop();
      throw error;
    }
    live = createLiveProcess(client, clock.monotonicMs());
    log.info("copilot runtime started", { runtime: name });
    return live;
  };

  const acquire = (): Promise<LiveProcess> => {
    if (live !== null) return Promise.resolve(live);
    starting ??= start()
      .catch((error: unknown) => {
        failuresInRow += 1;
        throw error;
      })
      .finally(() => {
        starting = null;
      });
    return starting;
  };

  const declareLost = (target: LiveProcess): void => {
    target.rejectLost(createLostError());
    if (live !== target) return;
    live = null;
    failuresInRow = clock.monotonicMs() - target.startedAtMs < soundLifeMs ? failuresInRow + 1 : 1;
    log.warn("copilot runtime lost", { runtime: name });
    onLost();
    void target.client.forceStop();
  };

  const watch = (target: LiveProcess): void => {
    target.isWatched = target.callsUnderWay > 0 && live === target;
    if (!target.isWatched) return;
    clock.schedule(watchIntervalMs, () => {
      limitTime(clock, pingLimitMs, target.client.ping()).then(
        () => watch(target),
        () => declareLost(target),
      );
    });
  };

  const runOnce = async <Value>(operation: (client: CopilotClient) => Promise<Value>): Promise<Value> => {
    const target = await acquire();
    target.callsUnderWay += 1;
    if (!target.isWatched) watch(target);
    try {
      return await limitTime(clock, callLimitMs, Promise.race([operation(target.client), target.lost]));
    } catch (error) {
      if (error instanceof ControlTimeoutError || isConnectionError(error)) declareLost(target);
      throw isConnectionError(error) ? createLostError(error) : error;
    } finally {
      target.callsUnderWay -= 1;
    }
  };

  const run = async <Value>(operation: (client: CopilotClient) => Promise<Value>): Promise<Value> => {
    try {
      return await runOnce(operation);
    } catch (error) {
      if (!(error instanceof RuntimeLostError) || stopping.signal.aborted) throw error;
      return runOnce(operation);
    }
  };

  const stop = async (when: "at-once" | "after-calls"): Promise<void> => {
    stopping.abort();
    if (when === "after-calls") await Promise.allSettled(calls);
    const target = live ?? (await starting?.catch(() => null));
    if (target) {
      live = null;
      // A polite end waits for calls under way, and nobody wants their answers any more.
      if (target.callsUnderWay > 0) await target.client.forceStop();
      else await limitTime(clock, stopLimitMs, target.client.stop()).catch(() => target.client.forceStop());
      target.rejectLost(createLostError());
      log.info("copilot runtime stopped", { runtime: name });
    }
    await cleanUp();
  };

  const pause = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel();
        stopping.signal.removeEventListener("abort", end);
        resolve();
      };
      const cancel = clock.schedule(delayMs, end);
      stopping.signal.addEventListener("abort", end);
    });

  const createLostError = (cause?: unknown): RuntimeLostError =>
    new RuntimeLostError(`the ${name} runtime was lost`, { cause });

  return {
    async use(operation) {
      if (stopping.signal.aborted) throw createLostError();
      const call = run(operation);
      calls.add(call);
      try {
        return await call;
      } finally {
        calls.delete(call);
      }
    },
    stop: (when) => (stopped ??= stop(when)),
  };
}
