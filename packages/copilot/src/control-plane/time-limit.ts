import type { Clock } from "@copilot-llm/model";
import { ControlTimeoutError } from "./control-failure.js";

/** `work`, or a `ControlTimeoutError` when it takes longer. The work itself is not stopped. */
export function limitTime<Value>(clock: Clock, limitMs: number, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(limitMs, () => reject(new ControlTimeoutError("the call took too long")));
    work.then(resolve, reject).finally(cancel);
  });
}

/** As `limitTime`, for work that an abort can stop. */
export async function limitAbortable<Value>(
  clock: Clock,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const abort = new AbortController();
  const cancel = clock.schedule(limitMs, () => abort.abort());
  try {
    return await work(abort.signal);
  } catch (error) {
    throw abort.signal.aborted ? new ControlTimeoutError("the call took too long", { cause: error }) : error;
  } finally {
    cancel();
  }
}
