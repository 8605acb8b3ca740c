import type { Verbs } from "../src/sqlite/calls/calls.js";
import type { Thread } from "../src/sqlite/thread/start-thread.js";

export interface FakeThread<Calls extends Verbs> extends Thread<Calls> {
  /** As a thread that ended by itself. */
  end(): void;
}

/** No thread: `answer` says what each verb comes to. */
export function createFakeThread<Calls extends Verbs>(answer: (verb: string) => unknown): FakeThread<Calls> {
  let hasFailed = false;
  const call = async (verb: string) => {
    if (hasFailed) throw new Error("the thread has ended");
    return answer(verb);
  };
  return {
    call: call as Thread<Calls>["call"],
    get hasFailed() {
      return hasFailed;
    },
    stop: async () => undefined,
    end() {
      hasFailed = true;
    },
  };
}
