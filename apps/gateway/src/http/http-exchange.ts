import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestLogEntry } from "./request-log-entry.js";
import type { HeaderValues } from "./write-answer.js";

/** One HTTP request and its answer, whoever routed it. */
export interface HttpExchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly requestId: string;
  readonly clientIp: string | null;
  readonly logEntry: RequestLogEntry;
  /** Every answer carries them. */
  readonly answerHeaders: HeaderValues;
}
