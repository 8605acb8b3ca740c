import type { Log } from "@copilot-llm/model";

export interface StopOptions {
  /** Resolves when no request is under way. */
  readonly idle: () => Promise<void>;
  /** In the order in which they close. */
  readonly parts: readonly { close(): Promise<void> }[];
  /** For all of them together. */
  readonly closeLimitMs: number;
  readonly pause: (durationMs: number) => Promise<void>;
  readonly exit: () => void;
  readonly log: Log;
}

/**
 * Makes what ends the process: once, after what is under way or `waitMs`, whichever is sooner, and after the parts have
 * closed. One that fails or hangs keeps neither the others from closing nor the process from ending.
 */
export function createStop(options: StopOptions): (waitMs: number) => Promise<void> {
  const { idle, parts, closeLimitMs, pause, exit, log } = options;
  let isStopping = false;

  const closeAll = async (): Promise<void> => {
    for (const part of parts) {
      try {
        await part.close();
      } catch (error) {
        log.error("closing failed", { error });
      }
    }
  };

  return async (waitMs) => {
    if (waitMs > 0) await Promise.race([idle(), pause(waitMs)]);
    if (isStopping) return;
    isStopping = true;
    log.info("stopping");
    try {
      await Promise.race([closeAll(), pause(closeLimitMs)]);
    } finally {
      exit();
    }
  };
}
