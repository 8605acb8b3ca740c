import type { Clock, Log, Randomness } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { GatewaySettings } from "../env/gateway-settings.js";
import { AlertWatch } from "./alert-watch.js";
import { WebhookDelivery } from "./webhook-delivery.js";

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
export async function openAlerts(options: OpenAlertsOptions): Promise<Alerts> {
  const { provider, settings, clock, log } = options;
  const delivery = await openDelivery(options);
  const watch = new AlertWatch({ provider, delivery, publicUrl: settings.publicUrl, clock, log });
  watch.start();
  return {
    async close() {
      await watch.close();
      await delivery?.close();
    },
  };
}

/** Null: no webhook is set, and nothing is loaded for it. */
async function openDelivery({ settings, clock, randomness, log }: OpenAlertsOptions): Promise<WebhookDelivery | null> {
  const { alertWebhook, httpsProxy, noProxy } = settings;
  if (alertWebhook === null) return null;
  const { createWebhookTarget } = await import("./webhook-target.js");
  const target = createWebhookTarget({ ...alertWebhook, nowMs: clock.nowMs, httpsProxy, noProxy });
  return new WebhookDelivery({ target, clock, randomness, log });
}
