import type { Verbs } from "../calls/calls.js";
import type { Thread } from "./start-thread.js";

/** The same thread, each of whose calls waits for `requireHeld`, and fails with what that throws. */
export function guardThread<Calls extends Verbs>(
  thread: Thread<Calls>,
  requireHeld: () => Promise<void>,
): Thread<Calls> {
  return {
    async call(verb, argument, parts) {
      await requireHeld();
      return thread.call(verb, argument, parts);
    },
    get hasFailed() {
      return thread.hasFailed;
    },
    stop: () => thread.stop(),
  };
}
