import type { Alert, AlertMatter } from "@copilot-llm/provider";
import { alertKey, encodeAlert } from "../api/status/encode.js";
import { encodeTime } from "../http/encode-time.js";

/** The alerts that are sent out, and what the receiver calls them. The others are for the console. */
const eventTypes: Readonly<Partial<Record<Alert["code"], string>>> = {
  store_failing: "store.failing",
  no_token_serves: "pool.not_serving",
  error_rate_high: "requests.error_rate_high",
  nothing_recorded: "requests.none_recorded",
  token_refused: "token.refused",
  pool_quota_low: "pool.quota_low",
  key_near_limit: "key.near_limit",
  key_limited: "key.limited",
};

export function isSentOut(alert: Alert): boolean {
  return eventTypes[alert.code] !== undefined;
}

/** By what the gateways know that they mean the same. */
export function matterOf(alert: Alert): AlertMatter {
  const { id: subjectId = null } = "token" in alert ? alert.token : "key" in alert ? alert.key : {};
  const code = alert.code === "pool_quota_low" ? `${alert.code}:${alert.unit}` : alert.code;
  return { code, subjectId };
}

/** The body of the webhook. */
export function encodeAlertMessage(alert: Alert, atMs: number, gateway: { readonly publicUrl: string | null }): string {
  const { severity, code, subject, values } = encodeAlert(alert);
  return JSON.stringify({
    type: eventTypes[alert.code] ?? alert.code,
    timestamp: encodeTime(atMs),
    data: { id: alertKey(alert), severity, code, subject, values, gateway_url: gateway.publicUrl },
  });
}
