import type { GatewaySettings } from "./gateway-settings.js";

export interface ListedSetting {
  /** As in the environment. */
  readonly name: string;
  /** What holds; null where nothing does, and of secrets always. */
  readonly value: string | null;
  readonly isSet: boolean;
}

/**
 * The start-up settings in force, fit to be shown to an admin: secrets without their values. Not listed are
 * `TRUST_PROXY`, the tokens (which have a list of their own) and what OpenTelemetry reads.
 */
export function listStartSettings(settings: GatewaySettings): readonly ListedSetting[] {
  const { corsOrigins, metricsLabels, alertWebhook, oidc } = settings;
  return [
    shown("HOST", settings.host),
    shown("PORT", settings.port),
    shown("PUBLIC_URL", settings.publicUrl),
    shown("CORS_ORIGINS", corsOrigins === "*" ? corsOrigins : corsOrigins.join(", ")),
    shown("DATA_DIR", settings.dataDir),
    hidden("DATABASE_URL", settings.databaseUrl),
    hidden("ENCRYPTION_KEY", settings.encryptionKey),
    shown("FSYNC", settings.fsync),
    shown("WHEN_DISK_FULL", settings.whenDiskFull),
    shown("RECORDING", settings.recording),
    shown("RECORDING_RETENTION_DAYS", settings.recordingRetentionDays),
    hidden("API_KEY", settings.apiKey),
    shown("ADMIN_USERNAME", settings.firstAdmin?.username ?? null),
    hidden("ADMIN_PASSWORD", settings.firstAdmin),
    hidden("GITHUB_OAUTH_CLIENT_ID", settings.oauthClientId),
    shown("OIDC_ISSUER", withoutCredentials(oidc?.issuer ?? null)),
    shown("OIDC_CLIENT_ID", oidc?.clientId ?? null),
    hidden("OIDC_CLIENT_SECRET", oidc),
    shown("OIDC_ROLE_CLAIM", oidc?.roleClaim ?? null),
    shown("CONSOLE_DIR", settings.consoleDir),
    shown("COPILOT_API_URL", withoutCredentials(settings.copilotApiUrl)),
    shown("GITHUB_API_URL", withoutCredentials(settings.githubApiUrl)),
    shown("LOG_LEVEL", settings.logLevel),
    hidden("METRICS_TOKEN", settings.metricsToken),
    shown("METRICS_LABELS", metricsLabels.join(", ")),
    shown("TRACE_UPSTREAM", settings.tracesUpstream ? "on" : "off"),
    hidden("ALERT_WEBHOOK_URL", alertWebhook),
    hidden("ALERT_WEBHOOK_SECRET", alertWebhook),
    shown("MAX_BODY_BYTES", settings.maxBodyBytes),
    shown("BATCH_FILE_MAX_BYTES", settings.batchFileMaxBytes),
    shown("UPSTREAM_CONNECT_TIMEOUT", `${settings.connectTimeoutMs}ms`),
    shown("UPSTREAM_FIRST_BYTE_TIMEOUT", `${settings.firstByteTimeoutMs}ms`),
    shown("UPSTREAM_IDLE_TIMEOUT", `${settings.idleTimeoutMs}ms`),
    shown("DRAIN_TIMEOUT", `${settings.drainTimeoutMs}ms`),
    hidden("HTTPS_PROXY", settings.httpsProxy),
    shown("NO_PROXY", settings.noProxy),
    shown("NODE_EXTRA_CA_CERTS", settings.extraCaCertsFile),
  ];
}

function shown(name: string, value: string | number | null): ListedSetting {
  return value === null || value === ""
    ? { name, value: null, isSet: false }
    : { name, value: String(value), isSet: true };
}

function hidden(name: string, value: object | string | null): ListedSetting {
  return { name, value: null, isSet: value !== null };
}

function withoutCredentials(address: string | null): string | null {
  if (address === null) return null;
  const url = new URL(address);
  return url.username === "" && url.password === "" ? address : `${url.origin}${url.pathname}`;
}
