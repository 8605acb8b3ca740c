import type { ServeAnswer } from "@copilot-llm/provider";
import type { RequestLogEntry, RequestLogFields } from "./request-log-entry.js";
import { serveLogFields } from "./serve-log-fields.js";

/** Puts on the log line what becomes of a served request; the line waits until it is on record. */
export function logServed(logEntry: RequestLogEntry, answer: ServeAnswer, more: RequestLogFields = {}): void {
  logEntry.addAtEnd(
    () => ({ ...more, ...serveLogFields(answer) }),
    (read) => answer.trace.onceEnded(read),
  );
}
