// The entry of both threads of the ledger: what it is to do is in the data that it is started with.
import { parentPort, workerData } from "node:worker_threads";
import { GatewayError } from "@copilot-llm/model";
import { type LoggedLine, serveCalls, type ThreadFailure } from "../calls/calls.js";
import type { ThreadData } from "../calls/thread-data.js";
import { loadDriver } from "../driver/open-database.js";
import { describeStorageError } from "../driver/sql-failure.js";
import { createReaderCalls } from "../reader/serve-reader.js";
import { createWriterCalls } from "../writer/serve-writer.js";

if (parentPort === null) throw new Error("this is a thread of the ledger");
const port = parentPort;
const data = workerData as ThreadData;
const log = (line: LoggedLine): void => port.postMessage({ log: line });

function describe(error: unknown): ThreadFailure {
  if (error instanceof GatewayError) return { reason: error.message, code: error.code, param: error.param };
  return { reason: describeStorageError(error), code: null, param: null };
}

// Loaded before it is asked for; whoever asks hears of what prevents it.
loadDriver().catch(() => undefined);
serveCalls(port, {
  verbs: data.role === "writer" ? createWriterCalls(data) : createReaderCalls(data, log),
  describe,
  // Of this thread: the process goes on.
  stop: () => process.exit(),
});
