import type { Alert } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import { keyBudgetNames } from "../keys/encode.js";
import type { AlertView } from "./schemas.js";

export function encodeAlert(alert: Alert): AlertView {
  const { severity, code } = alert;
  const subject = subjectOf(alert);
  return { id: alertKey(alert), severity, code, subject, values: valuesOf(alert) };
}

/** The same as long as the alert stands. */
export function alertKey(alert: Alert): string {
  const { id = null } = subjectOf(alert) ?? {};
  return [alert.code, partOf(alert), id].filter((part) => part !== null).join(":");
}

function partOf(alert: Alert): string | null {
  if (alert.code === "quota_low") return alert.bucket;
  return alert.code === "pool_quota_low" ? alert.unit : null;
}

function subjectOf(alert: Alert): AlertView["subject"] {
  if ("token" in alert) return { kind: "token", ...alert.token };
  return "key" in alert ? { kind: "key", ...alert.key } : null;
}

function valuesOf(alert: Alert): AlertView["values"] {
  switch (alert.code) {
    case "no_token_serves":
      return {};
    case "store_failing":
    case "token_refused":
      return { reason: alert.reason };
    case "error_rate_high": {
      const { requests, errors, rate, weekRate } = alert;
      return { requests, errors, rate, week_rate: weekRate };
    }
    case "nothing_recorded":
      return { since: encodeTime(alert.sinceMs) };
    case "token_exhausted":
      return { resets_at: encodeNullableTime(alert.resetsAtMs) };
    case "quota_low": {
      const { bucket, used, entitlement, unit, resetsAtMs } = alert;
      return { bucket, used, entitlement, unit, resets_at: encodeNullableTime(resetsAtMs) };
    }
    case "pool_quota_low": {
      const { unit, remaining, entitlement, resetsAtMs } = alert;
      return { unit, remaining, entitlement, resets_at: encodeNullableTime(resetsAtMs) };
    }
    case "key_near_limit": {
      const { limit, used, allowed, resetsAtMs } = alert;
      return { limit: keyBudgetNames[limit], used, allowed, resets_at: encodeNullableTime(resetsAtMs) };
    }
    case "key_limited":
      return { limit: keyBudgetNames[alert.limit], resets_at: encodeNullableTime(alert.resetsAtMs) };
    case "key_expiring":
      return { expires_at: encodeTime(alert.expiresAtMs) };
  }
}
