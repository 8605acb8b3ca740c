import type { UpstreamRequest } from "../upstream.js";
import type { EndpointSnapshot } from "./endpoint-snapshot.js";

/** What a client may say to the upstream by itself, on the Messages paths only. */
const clientHeaders = ["anthropic-version", "anthropic-beta"] as const;
const anthropicVersion = "2023-06-01";

/** The endpoint's own headers plus the truth about this request (docs/copilot-service.md#request-headers). */
export function createRequestHeaders(endpoint: EndpointSnapshot, request: UpstreamRequest): Record<string, string> {
  const headers: Record<string, string> = {
    accept: "application/json",
    ...endpoint.headers,
    "accept-encoding": "identity",
    "content-type": "application/json",
    "x-initiator": request.initiator,
  };
  if (request.hasImages) headers["copilot-vision-request"] = "true";
  if (request.interactionId !== null) headers["x-interaction-id"] = request.interactionId;
  if (request.traceparent !== undefined) headers.traceparent = request.traceparent;
  if (request.path.startsWith("/v1/messages")) {
    headers["anthropic-version"] = anthropicVersion;
    for (const name of clientHeaders) {
      const value = request.headers[name];
      if (value !== undefined) headers[name] = value;
    }
  }
  return headers;
}
