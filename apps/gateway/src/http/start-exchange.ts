import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "@copilot-llm/model";
import type { Ids } from "@copilot-llm/provider";
import type { CidrList } from "../env/cidr-list.js";
import { answerHeadersFor } from "./answer-headers.js";
import { clientAddress } from "./client-address.js";
import type { ObserveExchange } from "./ended-exchange.js";
import type { HttpExchange } from "./http-exchange.js";
import { createRequestLine } from "./request-line.js";
import { RequestLogEntry } from "./request-log-entry.js";
import type { StartSpan } from "./request-span.js";
import { withoutInvitation } from "./without-invitation.js";

/** Asked again and again by probes; logged only at debug level. */
const probes: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);

export interface StartExchangeOptions {
  readonly log: Log;
  readonly ids: Ids;
  readonly trustProxy: CidrList;
  /** Hears of every request when its answer has ended. */
  readonly onExchange: ObserveExchange;
  readonly startSpan: StartSpan;
}

/** What is asked, for the log line. */
export interface AskedRoute {
  readonly path: string;
  /** As it was registered; null where nothing answers. Asked when the answer has ended. */
  readonly route: () => string | null;
}

/** Gives a request its id, and writes one wide log line when its answer has ended, however it ended. */
export type StartExchange = (incoming: IncomingMessage, outgoing: ServerResponse, asked: AskedRoute) => HttpExchange;

export function createStartExchange(options: StartExchangeOptions): StartExchange {
  const { log, ids, trustProxy, onExchange, startSpan } = options;
  return (incoming, outgoing, asked) => {
    const startedAt = performance.now();
    const requestId = ids("req");
    const clientIp = clientAddress(incoming, trustProxy);
    const logEntry = new RequestLogEntry();
    const span = startSpan(requestId, incoming);
    outgoing.on("close", () => {
      const { method = "" } = incoming;
      const { path } = asked;
      const status = outgoing.statusCode;
      const durationMs = Math.round(performance.now() - startedAt);
      span?.close();
      const isAborted = !outgoing.writableFinished;
      logEntry.complete((fields) => {
        const exchange = { method, route: asked.route(), status, errorCode: fields.error_code ?? null };
        onExchange(exchange);
        span?.end(exchange);
        const request = {
          request_id: requestId,
          method,
          path: withoutInvitation(path),
          status,
          duration_ms: durationMs,
          client_ip: clientIp,
          user_agent: incoming.headers["user-agent"],
          aborted: isAborted ? (true as const) : undefined,
        };
        const line = createRequestLine(request, fields);
        if (probes.has(path)) log.debug("request", line);
        else log.info("request", line);
      });
    });
    return { incoming, outgoing, requestId, clientIp, logEntry, answerHeaders: answerHeadersFor(incoming, trustProxy) };
  };
}
