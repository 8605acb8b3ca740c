import type { CopilotSession } from "@github/copilot-sdk";

type ProviderEndpoint = Awaited<ReturnType<CopilotSession["rpc"]["provider"]["getEndpoint"]>>;

/**
 * Where and as whom a model is called, as the SDK told (docs/copilot-service.md#provider-endpoint). Holds credentials:
 * never logged.
 */
export interface EndpointSnapshot {
  readonly origin: string;
  /** What goes before an upstream path; mostly empty. */
  readonly basePath: string;
  /** The SDK's own headers with credentials, lower-case, without those that each request sets anew. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null: the credentials do not end by themselves. */
  readonly expiresAtMs: number | null;
}

/** Headers about a request's body and connection; ours to set. */
const ownHeaders = new Set(["accept-encoding", "connection", "content-length", "content-type", "host", "x-initiator"]);

export function mapEndpoint(endpoint: ProviderEndpoint, modelId: string | null): EndpointSnapshot {
  const { origin, pathname } = new URL(endpoint.baseUrl);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(endpoint.headers)) {
    const lowerCaseName = name.toLowerCase();
    if (value !== undefined && !ownHeaders.has(lowerCaseName)) headers[lowerCaseName] = value;
  }
  if (headers.authorization === undefined && endpoint.apiKey !== undefined) {
    headers.authorization = `Bearer ${endpoint.apiKey}`;
  }
  const { sessionToken } = endpoint;
  if (sessionToken === undefined || (sessionToken.model !== undefined && sessionToken.model !== modelId)) {
    return { origin, basePath: pathname.replace(/\/$/, ""), headers, expiresAtMs: null };
  }
  headers[sessionToken.header.toLowerCase()] = sessionToken.token;
  const expiresAtMs = Date.parse(sessionToken.expiresAt ?? "");
  return {
    origin,
    basePath: pathname.replace(/\/$/, ""),
    headers,
    expiresAtMs: Number.isNaN(expiresAtMs) ? null : expiresAtMs,
  };
}
