import type { Alert } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import { keyBudgetNames } from "../keys/encode.js";
import type { AlertView } from "./schemas.js";

export function encodeAlert(alert: Alert): AlertView {
  const { severity, code } = alert;
  const subject = subjectOf(alert);
  const about = alert.code === "quota_low" ? `${code}:${alert.bucket}` : code;
  return { id: subject === null ? about : `${about}:${subject.id}`, severity, code, subject, values: valuesOf(alert) };
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
    case "token_exhausted":
      return { resets_at: encodeNullableTime(alert.resetsAtMs) };
    case "quota_low": {
      const { bucket, used, entitlement, unit, resetsAtMs } = alert;
      return { bucket, used, entitlement, unit, resets_at: encodeNullableTime(resetsAtMs) };
    }
    case "key_limited":
      return { limit: keyBudgetNames[alert.limit], resets_at: encodeNullableTime(alert.resetsAtMs) };
    case "key_expiring":
      return { expires_at: encodeTime(alert.expiresAtMs) };
  }
}
