import { type TransferListItem, Worker } from "node:worker_threads";
import { errorCodes, GatewayError, type Log } from "@copilot-llm/model";
import type { CallMessage, StopMessage, ThreadFailure, ThreadMessage, Transferred, Verbs } from "../calls/calls.js";
import type { ThreadData } from "../calls/thread-data.js";

type ResultOf<Returned> = Awaited<Returned> extends Transferred<infer Result> ? Result : Awaited<Returned>;

/** Another thread that does what it is called for. */
export interface Thread<Calls extends Verbs> {
  /** `parts` are handed over: they are gone here. */
  call<Verb extends keyof Calls & string>(
    verb: Verb,
    argument: Parameters<Calls[Verb]>[0],
    parts?: readonly TransferListItem[],
  ): Promise<ResultOf<ReturnType<Calls[Verb]>>>;
  /** Whether it ended by itself: every call fails then. */
  readonly hasFailed: boolean;
  /** Resolves when the thread is gone. A step that it is in is finished before; what is to follow is not done. */
  stop(): Promise<void>;
}

/** What the other thread could not do; the message is for an operator. */
export class StorageFailure extends Error {
  override readonly name = "StorageFailure";
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

const whatEnded: Readonly<Record<ThreadData["role"], string>> = {
  writer: "The thread that writes the ledger has ended: restart the gateway.",
  reader: "The thread that reads the ledger has ended; whoever reads next starts another.",
};

/** The thread keeps the process alive only while a call waits. */
export function startThread<Calls extends Verbs>(data: ThreadData, log: Log): Thread<Calls> {
  // Beside this module, in the sources as in the package.
  const worker = new Worker(new URL("./ledger-thread.js", import.meta.url), { workerData: data, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let failure: StorageFailure | null = null;
  let isStopping = false;

  function settle(call: number): Waiting | undefined {
    const found = waiting.get(call);
    waiting.delete(call);
    if (waiting.size === 0 && !isStopping) worker.unref();
    return found;
  }

  function fail(cause: unknown): void {
    if (failure !== null) return;
    failure = new StorageFailure("the thread of the ledger has ended", { cause });
    if (!isStopping) log.error(whatEnded[data.role], { error: cause });
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  }

  worker.unref();
  worker.on("message", (message: ThreadMessage) => {
    if ("log" in message) log[message.log.level](message.log.message, message.log.fields);
    else if ("failure" in message) settle(message.call)?.reject(decodeFailure(message.failure));
    else settle(message.call)?.resolve(message.result as never);
  });
  worker.on("error", fail);
  const gone = new Promise<void>((resolve) => {
    worker.on("exit", (code) => {
      fail(new Error(`exit code ${code}`));
      resolve();
    });
  });

  return {
    call(verb, argument, parts = []) {
      return new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        calls += 1;
        if (waiting.size === 0) worker.ref();
        waiting.set(calls, { resolve, reject });
        worker.postMessage({ call: calls, verb, argument } satisfies CallMessage, [...parts]);
      });
    },
    get hasFailed() {
      return failure !== null;
    },
    stop() {
      isStopping = true;
      // Not `terminate`: SQLite's binding (1.2.1) aborts the process when its thread is ended while it is in a call.
      worker.ref();
      worker.postMessage("stop" satisfies StopMessage);
      return gone;
    },
  };
}

function decodeFailure({ reason, code, param }: ThreadFailure): Error {
  const known = errorCodes.find((other) => other === code);
  if (known === undefined) return new StorageFailure(reason);
  return new GatewayError(known, reason, param === null ? {} : { param });
}
