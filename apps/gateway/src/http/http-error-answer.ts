import type { JsonObject } from "@copilot-llm/model";
import type { HttpExchange } from "./http-exchange.js";
import type { RequestHead } from "./request-head.js";

/** An error as an HTTP answer. */
export interface HttpErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Makes an answer of whatever was thrown, and notes it for the log line. */
export type AnswerError = (
  error: unknown,
  head: RequestHead,
  exchange: Pick<HttpExchange, "requestId" | "logEntry">,
) => HttpErrorAnswer;
