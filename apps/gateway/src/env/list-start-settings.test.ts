import { expect, test } from "vitest";
import { listStartSettings } from "./list-start-settings.js";
import { parseGatewaySettings } from "./parse-gateway-settings.js";

test("the settings in force are listed with their values, secrets without", () => {
  const secrets = {
    API_KEY: "hush-legacy",
    METRICS_TOKEN: "hush-metrics",
    DATABASE_URL: "postgres://me:hush-db@127.0.0.1/x",
    ENCRYPTION_KEY: "hush-encryption-key-0123456789abcdef",
    HTTPS_PROXY: "http://me:hush-proxy@127.0.0.1:8080",
    OIDC_CLIENT_SECRET: "hush-oidc",
    ALERT_WEBHOOK_URL: "https://chat.example/hush-hook",
    ALERT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, "hush").toString("base64")}`,
  };
  const oidc = { OIDC_ISSUER: "https://me:hush-issuer@id.example/realm", OIDC_CLIENT_ID: "console" };
  const listed = listStartSettings(parseGatewaySettings({ ...secrets, ...oidc, PORT: "8123", CORS_ORIGINS: "*" }));
  expect(JSON.stringify(listed)).not.toContain("hush");
  expect(JSON.stringify(listed)).not.toContain("whsec");
  for (const name of Object.keys(secrets)) expect(listed).toContainEqual({ name, value: null, isSet: true });
  for (const [name, value] of [
    ["PORT", "8123"],
    ["CORS_ORIGINS", "*"],
    ["OIDC_ISSUER", "https://id.example/realm"],
    ["DRAIN_TIMEOUT", "30000ms"],
    ["RECORDING", "full"],
  ]) {
    expect(listed).toContainEqual({ name, value, isSet: true });
  }
});

test("of what is not set nothing is told but that", () => {
  const listed = listStartSettings(parseGatewaySettings({}));
  for (const name of ["API_KEY", "OIDC_ISSUER", "PUBLIC_URL", "CORS_ORIGINS", "HTTPS_PROXY", "METRICS_LABELS"]) {
    expect(listed).toContainEqual({ name, value: null, isSet: false });
  }
});
