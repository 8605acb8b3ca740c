import type { Clock } from "@copilot-llm/model";

/** What is being run, and can be cut short. */
export class Underway {
  readonly #running = new Map<Promise<unknown>, AbortController>();

  get size(): number {
    return this.#running.size;
  }

  /** `run` must not reject. */
  add<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    const running = run(controller.signal).finally(() => this.#running.delete(running));
    this.#running.set(running, controller);
    return running;
  }

  /** Resolves when nothing runs any more, which is cut short after so long. */
  async drain(clock: Pick<Clock, "schedule">, timeoutMs: number): Promise<void> {
    const cancel = clock.schedule(timeoutMs, () => {
      for (const controller of this.#running.values()) controller.abort();
    });
    await Promise.all(this.#running.keys());
    cancel();
  }
}
