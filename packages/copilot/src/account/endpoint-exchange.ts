import { type CancelSignal, GatewayError } from "@copilot-llm/model";
import type { Endpoint, EndpointCache } from "../control-plane/endpoint-cache.js";
import type { EndpointSnapshot } from "../data-plane/endpoint-snapshot.js";
import type { HttpOutcome } from "../data-plane/http-outcome.js";

/** The account belongs to another host than the one that was asked. */
const misdirectedStatus = 421;

/**
 * Sends what `send` builds for the model's endpoint; after a 401 once more with a new endpoint, after a 421 if that is
 * another host. Throws `client_closed` as soon as the signal aborts, and what kept the first endpoint from being made.
 */
export type EndpointExchange = (
  modelId: string | null,
  signal: CancelSignal,
  send: (snapshot: EndpointSnapshot) => Promise<HttpOutcome>,
) => Promise<HttpOutcome>;

/** `onFailure` hears why an endpoint could not be renewed. */
export function createEndpointExchange(
  endpoints: EndpointCache,
  onFailure: (error: unknown) => void,
): EndpointExchange {
  /** Null when the renewal fails: then the refusal itself is the better answer. */
  const renew = async (refused: Endpoint, modelId: string | null, signal: CancelSignal): Promise<Endpoint | null> => {
    endpoints.refuse(refused);
    try {
      return await abortable(endpoints.get(modelId), signal);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      onFailure(error);
      return null;
    }
  };

  return async (modelId, signal, send) => {
    const endpoint = await abortable(endpoints.get(modelId), signal);
    const outcome = await send(endpoint.snapshot);
    if (!outcome.answered || (outcome.status !== 401 && outcome.status !== misdirectedStatus)) return outcome;
    const renewed = await renew(endpoint, modelId, signal);
    const isSameHost = renewed?.snapshot.origin === endpoint.snapshot.origin;
    if (renewed === null || (outcome.status === misdirectedStatus && isSameHost)) return outcome;
    outcome.body.abort();
    return send(renewed.snapshot);
  };
}

/** A cached value at once; else the promise, or `client_closed` as soon as the signal aborts. */
function abortable(value: Endpoint | Promise<Endpoint>, signal: CancelSignal): Endpoint | Promise<Endpoint> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new GatewayError("client_closed", "The client closed the request."));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
