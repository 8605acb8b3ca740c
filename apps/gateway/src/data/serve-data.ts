import { type Clock, GatewayError } from "@copilot-llm/model";
import { type Provider, principalName } from "@copilot-llm/provider";
import { authenticate } from "../auth/credential.js";
import { corsHeaders } from "../http/cors.js";
import { DisconnectSignal } from "../http/disconnect-signal.js";
import type { HttpExchange } from "../http/http-exchange.js";
import { idHeader } from "../http/id-header.js";
import { logServed } from "../http/log-served.js";
import { readBodyInTime } from "../http/read-body-in-time.js";
import type { RequestHead } from "../http/request-head.js";
import { writeAnswer } from "../http/write-answer.js";
import type { DataPath } from "./data-paths.js";
import { protocolHeaders } from "./protocol-headers.js";
import { wireHeaders } from "./wire-headers.js";

export interface DataRouteOptions {
  readonly provider: Provider;
  readonly maxBodyBytes: number;
  readonly corsOrigins: "*" | readonly string[];
  readonly clock: Clock;
  /** False while the gateway drains. */
  readonly isAccepting: () => boolean;
}

/**
 * Serves one model request. Bodies go from the Node request to the Node response without web streams. Rejects with what
 * forbids it as long as nothing is answered.
 */
export async function serveData(
  exchange: HttpExchange,
  head: RequestHead,
  { operation, protocol }: DataPath,
  { provider, maxBodyBytes, corsOrigins, clock, isAccepting }: DataRouteOptions,
): Promise<void> {
  const { incoming, outgoing, requestId, clientIp, logEntry } = exchange;
  if (!isAccepting()) throw new GatewayError("unavailable", "The gateway is shutting down.", { retryAfterMs: 1_000 });
  const principal = await authenticate(head, logEntry, provider);
  const disconnect = DisconnectSignal.of(outgoing);
  const body = await readBodyInTime(incoming, maxBodyBytes, { clock, wholeWithinMs: null });

  const answer = await provider.serve({
    requestId,
    operation,
    protocol,
    principal,
    body,
    wireHeaders: wireHeaders(head),
    pinnedTokenId: idHeader(head, "x-github-token-id"),
    clientIp,
    userAgent: head.header("user-agent") ?? null,
    signal: disconnect,
  });
  logEntry.add({ key: principalName(principal) });
  logServed(logEntry, answer);
  const headers = [
    exchange.answerHeaders,
    answer.headers,
    protocolHeaders(protocol, requestId),
    corsHeaders(corsOrigins, head.header("origin")),
  ];
  writeAnswer(outgoing, answer.status, headers, answer.body);
}
