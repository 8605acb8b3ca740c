import type { Provider } from "@copilot-llm/provider";

export interface HealthOptions {
  readonly provider: Provider;
  readonly version: string;
  readonly isAccepting: () => boolean;
}

export interface Health {
  readonly status: 200 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export type HealthPath = (typeof healthPaths)[number];

/** Of a 503 where nothing tells when it ends: what is not there is looked at again within seconds. */
export const unavailableRetrySeconds = "5";

export const healthPaths = ["/health", "/ready"] as const;

/** `/health`: the process lives. `/ready`: a token can serve, and records can be written. */
export function readHealth(path: HealthPath, { provider, version, isAccepting }: HealthOptions): Health {
  if (path === "/health") return { status: 200, headers: {}, body: { status: "ok", version } };
  const readiness = isAccepting() ? provider.readiness() : { ready: false, reason: "The gateway is shutting down." };
  // As every answer with 503 has it.
  return readiness.ready
    ? { status: 200, headers: {}, body: { ...readiness } }
    : { status: 503, headers: { "retry-after": unavailableRetrySeconds }, body: { ...readiness } };
}
