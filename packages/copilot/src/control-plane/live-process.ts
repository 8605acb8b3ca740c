import type { CopilotClient } from "@github/copilot-sdk";
import { RuntimeLostError } from "./control-failure.js";

/** A started process of a runtime. */
export interface LiveProcess {
  readonly client: CopilotClient;
  readonly startedAtMs: number;
  /** Rejects when the process is lost; never resolves. */
  readonly lost: Promise<never>;
  readonly rejectLost: (error: RuntimeLostError) => void;
  callsUnderWay: number;
  isWatched: boolean;
}

export function createLiveProcess(client: CopilotClient, startedAtMs: number): LiveProcess {
  let rejectLost: LiveProcess["rejectLost"] = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    rejectLost = reject;
  });
  lost.catch(() => undefined); // nobody may be waiting
  return { client, startedAtMs, lost, rejectLost, callsUnderWay: 0, isWatched: false };
}

/** Codes of vscode-jsonrpc: connection closed, connection disposed, pending response rejected, message not written. */
const connectionErrorCodes: readonly unknown[] = [1, 2, -32097, -32099];

/** Whether a call failed because its process is no longer there. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof RuntimeLostError ||
    ("code" in error && connectionErrorCodes.includes(error.code)) ||
    /client not connected|connection (is|got) (closed|disposed)/i.test(error.message)
  );
}
