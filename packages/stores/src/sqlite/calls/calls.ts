import type { MessagePort, TransferListItem } from "node:worker_threads";

/*
 * Calls from the main thread to another and their answers, as messages. Calls are begun in the order in which they were
 * sent; one that takes several turns does not hold up the next.
 */
export interface CallMessage {
  readonly call: number;
  readonly verb: string;
  readonly argument: unknown;
}

/** The last message: the thread is to end. */
export type StopMessage = "stop";

/** A failure, as far as it can cross. */
export interface ThreadFailure {
  /** For an operator. */
  readonly reason: string;
  /** Of a `GatewayError`, which crosses as such. */
  readonly code: string | null;
  readonly param: string | null;
}

export type ThreadMessage =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failure: ThreadFailure }
  | { readonly log: LoggedLine };

export interface LoggedLine {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A result of which these parts are handed over, not copied. */
export class Transferred<Result> {
  readonly result: Result;
  readonly parts: readonly TransferListItem[];

  constructor(result: Result, parts: readonly TransferListItem[]) {
    this.result = result;
    this.parts = parts;
  }
}

/** What one thread does for the other: each verb takes one argument. */
export type Verbs = Readonly<Record<string, (argument: never) => unknown>>;

export interface ServeCallsOptions {
  readonly verbs: Verbs;
  /** Says what a failure means. */
  readonly describe: (error: unknown) => ThreadFailure;
  /** Ends the thread. */
  readonly stop: () => void;
}

/** Answers every call that comes through the port. */
export function serveCalls(port: MessagePort, { verbs, describe, stop }: ServeCallsOptions): void {
  const run = (verb: string, argument: unknown): unknown => {
    const known = verbs[verb];
    if (known === undefined) throw new Error(`the thread does not know how to ${verb}`);
    return known(argument as never);
  };
  const answer = (call: number, result: unknown): void => {
    if (result instanceof Transferred) port.postMessage({ call, result: result.result }, [...result.parts]);
    else port.postMessage({ call, result });
  };
  const fail = (call: number, error: unknown): void => port.postMessage({ call, failure: describe(error) });
  port.on("message", (message: CallMessage | StopMessage) => {
    if (message === "stop") return stop();
    const { call, verb, argument } = message;
    try {
      const result = run(verb, argument);
      if (result instanceof Promise) {
        result.then(
          (settled) => answer(call, settled),
          (error: unknown) => fail(call, error),
        );
      } else answer(call, result);
    } catch (error) {
      fail(call, error);
    }
  });
}
