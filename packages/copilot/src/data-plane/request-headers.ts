import type { UpstreamRequest } from "../upstream.js";
import type { EndpointSnapshot } from "./endpoint-snapshot.js";

/** What a client may say to the upstream by itself, on the Messages paths only. */
const clientHeaders = ["anthropic-version", "anthropic-beta"] as const;
const anthropicVersion = "2023-06-01";
/** Differ from request to request. */
const ownNames = [
  "x-initiator",
  "copilot-vision-request",
  "x-interaction-id",
  "traceparent",
  "anthropic-version",
  "anthropic-beta",
] as const;
type OwnHeaders = Partial<Record<(typeof ownNames)[number], string>>;

interface EndpointHeaders {
  /** Names and values in turn, as undici takes them. */
  readonly list: readonly string[];
  /** What the endpoint itself says under the other names, which a request may say otherwise. */
  readonly replaceable: OwnHeaders;
}

/**
 * The endpoint's own headers plus the truth about this request (docs/copilot-service.md#request-headers), names and values
 * in turn. What the endpoint says is put in order once for each snapshot.
 */
export function createRequestHeaderList(): (endpoint: EndpointSnapshot, request: UpstreamRequest) => string[] {
  const known = new WeakMap<EndpointSnapshot, EndpointHeaders>();
  return (endpoint, request) => {
    let headers = known.get(endpoint);
    if (headers === undefined) {
      headers = listEndpointHeaders(endpoint);
      known.set(endpoint, headers);
    }
    const list = headers.list.slice();
    const own = ownHeaders(request);
    for (const name of ownNames) {
      const value = own[name] ?? headers.replaceable[name];
      if (value !== undefined) list.push(name, value);
    }
    return list;
  };
}

function listEndpointHeaders(endpoint: EndpointSnapshot): EndpointHeaders {
  const headers: Record<string, string> = {
    accept: "application/json",
    ...endpoint.headers,
    "accept-encoding": "identity",
    "content-type": "application/json",
  };
  const replaceable: OwnHeaders = {};
  for (const name of ownNames) {
    const value = headers[name];
    if (value !== undefined) replaceable[name] = value;
    delete headers[name];
  }
  return { list: Object.entries(headers).flat(), replaceable };
}

function ownHeaders(request: UpstreamRequest): OwnHeaders {
  const headers: OwnHeaders = { "x-initiator": request.initiator };
  if (request.hasImages) headers["copilot-vision-request"] = "true";
  if (request.interactionId !== null) headers["x-interaction-id"] = request.interactionId;
  if (request.traceparent !== undefined) headers.traceparent = request.traceparent;
  if (!request.path.startsWith("/v1/messages")) return headers;
  headers["anthropic-version"] = anthropicVersion;
  for (const name of clientHeaders) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}
