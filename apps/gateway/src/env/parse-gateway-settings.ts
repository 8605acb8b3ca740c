import { type RecordingMode, Secret } from "@copilot-llm/model";
import type { FsyncPolicy } from "@copilot-llm/stores/lowdb";
import type { DiskFullPolicy, Environment, GatewaySettings, LogLevel } from "./gateway-settings.js";
import { optionalLabels } from "./metric-labels.js";
import { parseOtelSettings } from "./otel-settings.js";
import { parseConsoleDir, parseReadableFile } from "./parse-files.js";
import { parseFirstAdmin } from "./parse-first-admin.js";
import {
  parseAlertWebhook,
  parseBearer,
  parseCorsOrigins,
  parseDatabaseUrl,
  parseGithubTokens,
  parseOidc,
  parseTrustProxy,
} from "./parse-settings.js";
import { parseBaseUrl, parseChoice, parseChoices, parseTimeout, parseUrl, parseWhole } from "./parse-values.js";
import { parseWorkers } from "./parse-workers.js";
import { SettingError } from "./setting-error.js";

const logLevels: readonly LogLevel[] = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
const fsyncPolicies: readonly FsyncPolicy[] = ["interval", "always"];
const diskFullPolicies: readonly DiskFullPolicy[] = ["refuse", "serve"];
const recordingModes: readonly RecordingMode[] = ["full", "metadata", "off"];
/** A body is read as one text, and none is longer than 2^29 - 24 characters. */
const longestBodyBytes = 511 * 1024 * 1024;

/** Reads the settings. Throws a `SettingError` for the first that cannot be used; an empty value counts as unset. */
export function parseGatewaySettings(environment: Environment): GatewaySettings {
  const read = (name: string): string | null => {
    const value = environment[name]?.trim();
    return value === undefined || value === "" ? null : value;
  };
  const secret = (name: string): Secret | null => {
    const value = read(name);
    return value === null ? null : new Secret(value);
  };
  const databaseUrl = parseDatabaseUrl(secret("DATABASE_URL"));
  const encryptionKey = secret("ENCRYPTION_KEY");
  if (databaseUrl !== null && encryptionKey === null) {
    throw new SettingError(
      "ENCRYPTION_KEY",
      null,
      "it must be set together with DATABASE_URL, the same for every gateway",
    );
  }
  return {
    host: read("HOST") ?? "127.0.0.1",
    port: parseWhole("PORT", read("PORT"), 8000, 0, 65_535),
    workers: parseWorkers(read),
    dataDir: read("DATA_DIR") ?? "./data",
    databaseUrl,
    fsync: parseChoice("FSYNC", read("FSYNC"), fsyncPolicies, "interval"),
    whenDiskFull: parseChoice("WHEN_DISK_FULL", read("WHEN_DISK_FULL"), diskFullPolicies, "refuse"),
    githubTokens: parseGithubTokens(read("GITHUB_TOKEN"), read("GITHUB_TOKENS")),
    apiKey: parseBearer("API_KEY", secret("API_KEY")),
    oauthClientId: read("GITHUB_OAUTH_CLIENT_ID"),
    firstAdmin: parseFirstAdmin(read("ADMIN_USERNAME"), secret("ADMIN_PASSWORD")),
    encryptionKey,
    corsOrigins: parseCorsOrigins(read("CORS_ORIGINS")),
    logLevel: parseChoice("LOG_LEVEL", read("LOG_LEVEL"), logLevels, "info"),
    metricsToken: parseBearer("METRICS_TOKEN", secret("METRICS_TOKEN")),
    metricsLabels: parseChoices("METRICS_LABELS", read("METRICS_LABELS"), optionalLabels),
    otel: parseOtelSettings(parseUrl("OTEL_EXPORTER_OTLP_ENDPOINT", read("OTEL_EXPORTER_OTLP_ENDPOINT")), read),
    tracesUpstream: parseChoice("TRACE_UPSTREAM", read("TRACE_UPSTREAM"), ["off", "on"], "off") === "on",
    alertWebhook: parseAlertWebhook(secret("ALERT_WEBHOOK_URL"), secret("ALERT_WEBHOOK_SECRET")),
    oidc: parseOidc(read, secret("OIDC_CLIENT_SECRET")),
    consoleDir: parseConsoleDir("CONSOLE_DIR", read("CONSOLE_DIR")),
    trustProxy: parseTrustProxy(read("TRUST_PROXY")),
    publicUrl: parseBaseUrl("PUBLIC_URL", read("PUBLIC_URL")),
    recording: parseChoice("RECORDING", read("RECORDING"), recordingModes, "full"),
    recordingRetentionDays: parseWhole("RECORDING_RETENTION_DAYS", read("RECORDING_RETENTION_DAYS"), 90, 0, 36_500),
    maxBodyBytes: parseWhole("MAX_BODY_BYTES", read("MAX_BODY_BYTES"), 32 * 1024 * 1024, 1_024, longestBodyBytes),
    batchFileMaxBytes: parseWhole(
      "BATCH_FILE_MAX_BYTES",
      read("BATCH_FILE_MAX_BYTES"),
      200 * 1024 * 1024,
      1_024,
      1024 ** 4,
    ),
    connectTimeoutMs: parseTimeout("UPSTREAM_CONNECT_TIMEOUT", read("UPSTREAM_CONNECT_TIMEOUT"), 10_000),
    firstByteTimeoutMs: parseTimeout("UPSTREAM_FIRST_BYTE_TIMEOUT", read("UPSTREAM_FIRST_BYTE_TIMEOUT"), 300_000),
    idleTimeoutMs: parseTimeout("UPSTREAM_IDLE_TIMEOUT", read("UPSTREAM_IDLE_TIMEOUT"), 300_000),
    drainTimeoutMs: parseTimeout("DRAIN_TIMEOUT", read("DRAIN_TIMEOUT"), 30_000),
    copilotApiUrl: parseUrl("COPILOT_API_URL", read("COPILOT_API_URL")),
    githubApiUrl: parseUrl("GITHUB_API_URL", read("GITHUB_API_URL")),
    httpsProxy: parseUrl("HTTPS_PROXY", read("HTTPS_PROXY") ?? read("https_proxy")),
    noProxy: read("NO_PROXY") ?? read("no_proxy"),
    extraCaCertsFile: parseReadableFile("NODE_EXTRA_CA_CERTS", read("NODE_EXTRA_CA_CERTS")),
  };
}
