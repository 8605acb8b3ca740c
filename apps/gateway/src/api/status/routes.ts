import type { Clock } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { encodeTime } from "../../http/encode-time.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeAlert } from "./encode.js";
import { getStatus } from "./operations.js";
import type { GatewayStatus } from "./schemas.js";

export interface StatusRouteOptions {
  readonly provider: Pick<Provider, "status" | "alerts">;
  readonly storeKind: GatewayStatus["store"]["kind"];
  readonly publicUrl: string | null;
  readonly version: string;
  readonly clock: Clock;
}

/** How it goes, in one answer. The gateway counts as started when this is called. */
export function addStatusRoutes(app: AdminApp, route: RouteFactory, options: StatusRouteOptions): void {
  const { provider, storeKind, publicUrl, version, clock } = options;
  const startedAtMs = clock.nowMs();

  app.openapi(route(getStatus), async (context) => {
    const { readiness, tokens, running, waiting, store } = provider.status();
    const alerts = await provider.alerts();
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
        store: { kind: storeKind, healthy: store.ok, reason: store.ok ? null : store.reason },
        alerts: alerts.map(encodeAlert),
      },
      200,
    );
  });
}
