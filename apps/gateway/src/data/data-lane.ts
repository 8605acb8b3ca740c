import type { IncomingMessage, ServerResponse } from "node:http";
import { corsHeaders } from "../http/cors.js";
import { discardRest } from "../http/discard-rest.js";
import type { AnswerError, HttpErrorAnswer } from "../http/http-error-answer.js";
import type { HttpExchange } from "../http/http-exchange.js";
import { assertHeadSize } from "../http/limit-request.js";
import { NodeRequestHead } from "../http/request-head.js";
import type { StartExchange } from "../http/start-exchange.js";
import { type HeaderValues, writeAnswer } from "../http/write-answer.js";
import { type DataPath, dataPaths, withTrailingSlash } from "./data-paths.js";
import { type DataRouteOptions, serveData } from "./serve-data.js";

/** Takes a request that it can answer; false: it is somebody else's. */
export type DataLane = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * The short way to the models: a POST to a data path is answered as the routes of Hono would, without its router, its
 * context and web requests, which cost a small request a tenth of all it costs.
 */
export function createDataLane(
  startExchange: StartExchange,
  answerError: AnswerError,
  options: DataRouteOptions,
): DataLane {
  const routes = new Map<string, DataPath>(
    dataPaths.flatMap((route) => withTrailingSlash(route.path).map((path) => [path, route] as const)),
  );
  return (incoming, outgoing) => {
    if (incoming.method !== "POST") return false;
    const path = pathOf(incoming.url ?? "");
    const route = routes.get(path);
    if (route === undefined) return false;
    const exchange = startExchange(incoming, outgoing, { path, route: () => path });
    const head = new NodeRequestHead(incoming, path);
    answer(exchange, head, route, options).catch((error: unknown) => {
      const cors = corsHeaders(options.corsOrigins, head.header("origin"));
      refuse(exchange, answerError(error, head, exchange), cors, options);
    });
    return true;
  };
}

async function answer(
  exchange: HttpExchange,
  head: NodeRequestHead,
  route: DataPath,
  options: DataRouteOptions,
): Promise<void> {
  assertHeadSize(exchange.incoming);
  await serveData(exchange, head, route, options);
}

function refuse(
  exchange: HttpExchange,
  { status, headers, body }: HttpErrorAnswer,
  cors: HeaderValues,
  { clock }: DataRouteOptions,
): void {
  const { incoming, outgoing, requestId, answerHeaders } = exchange;
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const own = { "x-request-id": requestId, "content-type": "application/json" };
  writeAnswer(outgoing, status, [answerHeaders, own, cors, headers], Buffer.from(JSON.stringify(body)));
  discardRest(incoming, outgoing, clock);
}

function pathOf(url: string): string {
  const at = url.indexOf("?");
  return at === -1 ? url : url.slice(0, at);
}
