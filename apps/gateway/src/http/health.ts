import type { Provider } from "@copilot-llm/provider";

export interface HealthOptions {
  readonly provider: Provider;
  readonly version: string;
  readonly isAccepting: () => boolean;
}

export interface Health {
  readonly status: 200 | 503;
  readonly body: Readonly<Record<string, unknown>>;
}

export type HealthPath = (typeof healthPaths)[number];

export const healthPaths = ["/health", "/ready"] as const;

/** `/health`: the process lives. `/ready`: a token can serve, and records can be written. */
export function readHealth(path: HealthPath, { provider, version, isAccepting }: HealthOptions): Health {
  if (path === "/health") return { status: 200, body: { status: "ok", version } };
  if (!isAccepting()) return { status: 503, body: { ready: false, reason: "The gateway is shutting down." } };
  const readiness = provider.readiness();
  return { status: readiness.ready ? 200 : 503, body: { ...readiness } };
}
