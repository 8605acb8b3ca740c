import type { AlertView, GatewayStatus } from "./schemas.js";

export const alert: AlertView = {
  id: "token_refused:tok_01KB6M3T7Z8W2Q4S",
  severity: "critical",
  code: "token_refused",
  subject: { kind: "token", id: "tok_01KB6M3T7Z8W2Q4S", alias: "bob" },
  values: { reason: "Bad credentials" },
};

export const gatewayStatus: GatewayStatus = {
  serving: true,
  reason: null,
  version: "1.2.3",
  started_at: "2026-05-09T18:00:00.000Z",
  public_url: "https://copilot.example.com",
  tokens: { checking: 0, active: 5, cooling: 1, exhausted: 0, auth_failed: 1, disabled: 0 },
  running: 3,
  waiting: 0,
  store: { kind: "embedded", healthy: true, reason: null, lag_ms: 0, bytes: 184_320_000, recording_bytes: 151_000_000 },
  alerts: [alert],
};
