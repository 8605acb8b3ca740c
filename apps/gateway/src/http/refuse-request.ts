import type { IncomingMessage, ServerResponse } from "node:http";
import type { AnswerError } from "./http-error-answer.js";
import { NodeRequestHead } from "./request-head.js";
import type { StartExchange } from "./start-exchange.js";
import { writeAnswer } from "./write-answer.js";

/** Answers a request with an error before any route is asked, and closes the connection. `status` in place of the error's. */
export type RefuseRequest = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  error: unknown,
  status?: number,
) => void;

export function createRefuseRequest(startExchange: StartExchange, answerError: AnswerError): RefuseRequest {
  return (incoming, outgoing, error, status) => {
    const path = (incoming.url ?? "").split("?", 1)[0] ?? "";
    const exchange = startExchange(incoming, outgoing, { path, route: () => null });
    const answer = answerError(error, new NodeRequestHead(incoming, path), exchange);
    const own = { "x-request-id": exchange.requestId, "content-type": "application/json", connection: "close" };
    const headers = [exchange.answerHeaders, answer.headers, own];
    writeAnswer(outgoing, status ?? answer.status, headers, Buffer.from(JSON.stringify(answer.body)));
  };
}
