import type { Clock } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { encodeTime } from "../../http/encode-time.js";
import type { Metrics } from "../../telemetry/metrics/metrics.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeAlert } from "./encode.js";
import { getStatus } from "./operations.js";
import type { GatewayStatus } from "./schemas.js";

export interface StatusRouteOptions {
  readonly provider: Pick<Provider, "status" | "alerts" | "storeSize">;
  readonly metrics: Pick<Metrics, "storeLagMs">;
  readonly storeKind: GatewayStatus["store"]["kind"];
  readonly publicUrl: string | null;
  readonly version: string;
  readonly clock: Clock;
}

/** Every console asks every few seconds. */
const sizeMaxAgeMs = 60_000;

/** How it goes, in one answer. The gateway counts as started when this is called. */
export function addStatusRoutes(app: AdminApp, route: RouteFactory, options: StatusRouteOptions): void {
  const { provider, metrics, storeKind, publicUrl, version, clock } = options;
  const startedAtMs = clock.nowMs();
  const size = rememberFor(sizeMaxAgeMs, clock, () => provider.storeSize().catch(() => null));

  app.openapi(route(getStatus), async (context) => {
    const { readiness, tokens, running, waiting, store } = provider.status();
    const [alerts, taken] = await Promise.all([provider.alerts(), size()]);
    return context.json(
      {
        serving: readiness.ready,
        reason: readiness.ready ? null : readiness.reason,
        version,
        started_at: encodeTime(startedAtMs),
        public_url: publicUrl,
        tokens,
        running,
        waiting,
        store: {
          kind: storeKind,
          healthy: store.ok,
          reason: store.ok ? null : store.reason,
          lag_ms: metrics.storeLagMs(),
          bytes: taken?.bytes ?? null,
          recording_bytes: taken?.recordingBytes ?? null,
        },
        alerts: alerts.map(encodeAlert),
      },
      200,
    );
  });
}

/** Reads anew what is older than that; whoever asks meanwhile waits for the same. */
function rememberFor<Value>(maxAgeMs: number, clock: Clock, read: () => Promise<Value>): () => Promise<Value> {
  let latest: { readonly value: Promise<Value>; readonly atMs: number } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    if (latest === null || nowMs - latest.atMs >= maxAgeMs) latest = { value: read(), atMs: nowMs };
    return latest.value;
  };
}
