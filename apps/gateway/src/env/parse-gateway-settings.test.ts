import { constants } from "node:buffer";
import { describe, expect, test } from "vitest";
import { parseGatewaySettings } from "./parse-gateway-settings.js";

const refusal = (environment: Record<string, string>): string => {
  try {
    parseGatewaySettings(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the settings were accepted");
};

describe("parseGatewaySettings", () => {
  test("has the documented defaults", () => {
    expect(parseGatewaySettings({})).toMatchObject({
      host: "127.0.0.1",
      port: 8000,
      dataDir: "./data",
      githubTokens: [],
      corsOrigins: [],
      logLevel: "info",
      recording: "full",
      recordingRetentionDays: 90,
      maxBodyBytes: 33_554_432,
      connectTimeoutMs: 10_000,
      firstByteTimeoutMs: 300_000,
      idleTimeoutMs: 300_000,
      drainTimeoutMs: 30_000,
    });
  });

  test.each([
    ["PORT", "abc"],
    ["PORT", "70000"],
    ["PORT", "80.5"],
    ["CORS_ORIGINS", "garbage"],
    ["CORS_ORIGINS", "https://example.org/path"],
    ["CORS_ORIGINS", "https://a.example,*"],
    ["LOG_LEVEL", "loud"],
    ["METRICS_LABELS", "key,user"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"],
    ["TRACE_UPSTREAM", "maybe"],
    ["RECORDING", "some"],
    ["TRUST_PROXY", "10.0.0.0/33"],
    ["TRUST_PROXY", "proxy.local"],
    ["PUBLIC_URL", "example.org"],
    ["PUBLIC_URL", "https://example.org/?a=b"],
    ["PUBLIC_URL", "https://example.org/#top"],
    ["PUBLIC_URL", "https://me:hidden@example.org"],
    ["CONSOLE_DIR", "/no/such/directory"],
    ["CONSOLE_DIR", "src"],
    ["NODE_EXTRA_CA_CERTS", "/no/such/file.pem"],
    ["NODE_EXTRA_CA_CERTS", "."],
    ["WORKERS", "abc"],
    ["WORKERS", "0"],
    ["UPSTREAM_IDLE_TIMEOUT", "soon"],
    ["UPSTREAM_IDLE_TIMEOUT", "0"],
    ["MAX_BODY_BYTES", "-1"],
    ["COPILOT_API_URL", "ftp://example.org"],
  ])("refuses %s=%s in one line that names the variable, the value and what is allowed", (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name}="`));
    expect(message).toContain(value);
    expect(message).toMatch(/ is not allowed: .+/);
    expect(message).not.toContain("\n");
  });

  test.each([
    [{ GITHUB_TOKENS: "gho_secretsecretsecret" }, "GITHUB_TOKENS"],
    [{ GITHUB_TOKENS: "a=gho_secretsecret,A=gho_secretother" }, "GITHUB_TOKENS"],
    [{ ADMIN_USERNAME: "root", ADMIN_PASSWORD: "secret" }, "ADMIN_PASSWORD"],
    [{ ADMIN_PASSWORD: "secretsecret" }, "ADMIN_USERNAME"],
    [{ ADMIN_USERNAME: "root", ADMIN_PASSWORD: "secret".repeat(43) }, "ADMIN_PASSWORD"],
    [{ ADMIN_USERNAME: "a b", ADMIN_PASSWORD: "secretsecret" }, "ADMIN_USERNAME"],
    [{ ADMIN_USERNAME: "a".repeat(65), ADMIN_PASSWORD: "secretsecret" }, "ADMIN_USERNAME"],
    [{ API_KEY: "two secretwords" }, "API_KEY"],
    [{ API_KEY: "secretschlüssel" }, "API_KEY"],
    [{ OIDC_CLIENT_SECRET: "secret" }, "OIDC_ISSUER"],
    [{ OIDC_ISSUER: "https://id.example", OIDC_CLIENT_SECRET: "secret" }, "OIDC_CLIENT_ID"],
    [{ ALERT_WEBHOOK_URL: "https://example.org/secret" }, "ALERT_WEBHOOK_SECRET"],
    [{ ALERT_WEBHOOK_URL: "https://example.org", ALERT_WEBHOOK_SECRET: "whsec_secret" }, "ALERT_WEBHOOK_SECRET"],
    [{ ALERT_WEBHOOK_URL: "ftp://secret" }, "ALERT_WEBHOOK_URL"],
    [{ ALERT_WEBHOOK_SECRET: "whsec_secret" }, "ALERT_WEBHOOK_URL"],
    [{ METRICS_TOKEN: "two secretwords" }, "METRICS_TOKEN"],
    [{ DATABASE_URL: "mysql://user:secret@db/x", ENCRYPTION_KEY: "secretsecret" }, "DATABASE_URL"],
    [{ DATABASE_URL: "postgres://user:secret@db:port/x", ENCRYPTION_KEY: "secretsecret" }, "DATABASE_URL"],
    [{ DATABASE_URL: "postgres://user:secret@db/x" }, "ENCRYPTION_KEY"],
  ])("never shows a secret value: %o", (environment, name) => {
    const message = refusal(environment);
    expect(message).toContain(name);
    expect(message).not.toContain("secret");
  });

  test.each(["postgres://user:secret@db:5433/x?sslmode=require", "postgresql:///x?host=/run/postgresql"])(
    "takes the database %s with an encryption key",
    (url) => {
      const settings = parseGatewaySettings({ DATABASE_URL: url, ENCRYPTION_KEY: "a passphrase" });
      expect(settings.databaseUrl?.reveal()).toBe(url);
    },
  );

  test("reads durations in seconds or with a unit", () => {
    const settings = parseGatewaySettings({
      UPSTREAM_CONNECT_TIMEOUT: "5",
      UPSTREAM_FIRST_BYTE_TIMEOUT: "500ms",
      UPSTREAM_IDLE_TIMEOUT: "2m",
      DRAIN_TIMEOUT: "1.5s",
    });
    expect(settings).toMatchObject({
      connectTimeoutMs: 5_000,
      firstByteTimeoutMs: 500,
      idleTimeoutMs: 120_000,
      drainTimeoutMs: 1_500,
    });
  });

  test.each(["UPSTREAM_CONNECT_TIMEOUT", "UPSTREAM_FIRST_BYTE_TIMEOUT", "UPSTREAM_IDLE_TIMEOUT", "DRAIN_TIMEOUT"])(
    "refuses a longer %s than Node has timers for",
    (name) => {
      for (const value of ["600h", "576.001h", "2147483648ms", "9".repeat(400)]) {
        expect(refusal({ [name]: value })).toMatch(/ is not allowed: .*at most 576h/);
      }
      expect(() => parseGatewaySettings({ [name]: "576h" })).not.toThrow();
    },
  );

  test("takes no larger bodies than a text can hold, nor files beyond all measure", () => {
    for (const value of [String(512 * 1024 ** 2), "9".repeat(400)]) {
      expect(refusal({ MAX_BODY_BYTES: value })).toContain("from 1024 to 535822336");
    }
    expect(parseGatewaySettings({ MAX_BODY_BYTES: "535822336" }).maxBodyBytes).toBeLessThan(
      constants.MAX_STRING_LENGTH,
    );
    expect(refusal({ BATCH_FILE_MAX_BYTES: "9".repeat(400) })).toContain("from 1024 to 1099511627776");
  });

  test("keeps records as an embedded gateway should unless told otherwise", () => {
    expect(parseGatewaySettings({})).toMatchObject({ fsync: "interval", whenDiskFull: "refuse" });
    const settings = parseGatewaySettings({ FSYNC: "always", WHEN_DISK_FULL: "serve" });
    expect(settings).toMatchObject({ fsync: "always", whenDiskFull: "serve" });
    expect(refusal({ FSYNC: "never" })).toContain("interval, always");
  });

  test("pools GITHUB_TOKEN and the aliased GITHUB_TOKENS", () => {
    const { githubTokens } = parseGatewaySettings({
      GITHUB_TOKEN: "gho_one",
      GITHUB_TOKENS: "ann=gho_two, bob=gho_three=",
    });
    expect(githubTokens.map(({ alias, token }) => [alias, token.reveal()])).toEqual([
      ["default", "gho_one"],
      ["ann", "gho_two"],
      ["bob", "gho_three="],
    ]);
  });

  test("takes an empty value for unset", () => {
    expect(parseGatewaySettings({ PORT: "", CORS_ORIGINS: " " })).toMatchObject({ port: 8000, corsOrigins: [] });
  });

  test("takes exact CORS origins, or any", () => {
    const { corsOrigins } = parseGatewaySettings({ CORS_ORIGINS: "https://a.example, http://localhost:3000" });
    expect(corsOrigins).toEqual(["https://a.example", "http://localhost:3000"]);
    expect(parseGatewaySettings({ CORS_ORIGINS: "*" }).corsOrigins).toBe("*");
  });
});
