import { type Clock, GatewayError, type Log } from "@copilot-llm/model";
import { createFailure, describeError, mapControlFailure } from "../control-plane/control-failure.js";
import type { HttpClient } from "../data-plane/http-client.js";
import type { HttpOutcome } from "../data-plane/http-outcome.js";
import { createRequestHeaderList } from "../data-plane/request-headers.js";
import { createQuotaHeaderReader } from "../quota/parse-quota-headers.js";
import type { UpstreamAccount } from "../upstream.js";
import { createRefusal, refuse } from "./create-refusal.js";
import type { EndpointExchange } from "./endpoint-exchange.js";

export interface SendOnEndpointOptions {
  readonly exchange: EndpointExchange;
  readonly httpClient: HttpClient;
  /** Hears why there was no endpoint to send to. */
  readonly onNoEndpoint: (error: unknown) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** The data plane of one account; see `UpstreamAccount.send`. */
export function createSendOnEndpoint(options: SendOnEndpointOptions): UpstreamAccount["send"] {
  const { exchange, httpClient, onNoEndpoint, clock, log } = options;
  const readQuotas = createQuotaHeaderReader();
  const createHeaders = createRequestHeaderList();

  return async (request) => {
    let outcome: HttpOutcome;
    try {
      outcome = await exchange(request.modelId, request.signal, (snapshot) =>
        httpClient.exchange({
          method: "POST",
          origin: snapshot.origin,
          path: snapshot.basePath + request.path,
          headers: createHeaders(snapshot, request),
          body: request.body,
          signal: request.signal,
        }),
      );
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      onNoEndpoint(error);
      return refuse(null, {}, mapControlFailure(error, clock.nowMs()), clock.nowMs());
    }
    if (!outcome.answered) log.warn("copilot gave no answer", { cause: describeError(outcome.cause) });
    if (!outcome.answered || outcome.status < 200 || outcome.status >= 300)
      return createRefusal(outcome, clock.nowMs());
    const { status, headers, body } = outcome;
    if (isPage(headers["content-type"])) {
      body.abort();
      return refuse(status, headers, createFailure("unreachable", 502, pageMessage), clock.nowMs());
    }
    return { ok: true, status, headers, quotas: readQuotas(headers, clock.nowMs()), body };
  };
}

const pageMessage = "GitHub Copilot, or a proxy on the way, answered with a web page.";

/** A page of a proxy or a portal that stands where an answer should. */
function isPage(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*(?:text\/html|application\/xhtml)/i.test(contentType);
}
