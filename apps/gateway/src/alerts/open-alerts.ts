import type { Clock, Log, Randomness } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { GatewaySettings } from "../env/gateway-settings.js";
import { AlertWatch } from "./alert-watch.js";
import { WebhookDelivery } from "./webhook-delivery.js";
import { createWebhookTarget } from "./webhook-target.js";

export interface OpenAlertsOptions {
  readonly provider: Provider;
  readonly settings: Pick<GatewaySettings, "alertWebhook" | "publicUrl" | "httpsProxy" | "noProxy">;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

export interface Alerts {
  /** Never rejects. */
  close(): Promise<void>;
}

/** Watches for alerts from now on, and sends them out where a webhook is set. */
export function openAlerts({ provider, settings, clock, randomness, log }: OpenAlertsOptions): Alerts {
  const { alertWebhook, publicUrl, httpsProxy, noProxy } = settings;
  const delivery =
    alertWebhook === null
      ? null
      : new WebhookDelivery({
          target: createWebhookTarget({ ...alertWebhook, nowMs: clock.nowMs, httpsProxy, noProxy }),
          clock,
          randomness,
          log,
        });
  const watch = new AlertWatch({ provider, delivery, publicUrl, clock, log });
  watch.start();
  return {
    async close() {
      await watch.close();
      await delivery?.close();
    },
  };
}
