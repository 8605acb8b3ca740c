import { type RecordingMode, Secret } from "@copilot-llm/model";
import type { FsyncPolicy } from "@copilot-llm/stores/lowdb";
import { CidrList } from "./cidr-list.js";
import { type OptionalLabel, optionalLabels } from "./metric-labels.js";
import { type OtelSettings, parseOtelSettings } from "./otel-settings.js";
import { parseDuration } from "./parse-duration.js";
import { parseWebhookSecret } from "./parse-webhook-secret.js";
import { SettingError } from "./setting-error.js";

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

export type DiskFullPolicy = "refuse" | "serve";

/** The start-up settings, checked. The table in README.md says what each means. */
export interface GatewaySettings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Null: everything is kept in `dataDir`. Else `encryptionKey` is given. */
  readonly databaseUrl: Secret | null;
  /** Of records in `dataDir`. */
  readonly fsync: FsyncPolicy;
  /** What becomes of answers while `dataDir` cannot be written: given unrecorded, or held until they are on record. */
  readonly whenDiskFull: DiskFullPolicy;
  readonly githubTokens: readonly { readonly alias: string; readonly token: Secret }[];
  readonly apiKey: Secret | null;
  /** Of the operator's own OAuth App; null: no device flow. */
  readonly oauthClientId: string | null;
  readonly firstAdmin: { readonly username: string; readonly password: Secret } | null;
  readonly encryptionKey: Secret | null;
  /** `*`, or exact origins. */
  readonly corsOrigins: "*" | readonly string[];
  readonly logLevel: LogLevel;
  readonly metricsToken: Secret | null;
  readonly metricsLabels: readonly OptionalLabel[];
  /** Null: nothing is exported. */
  readonly otel: OtelSettings | null;
  /** Whether traces go on at GitHub. */
  readonly tracesUpstream: boolean;
  /** Where alerts are sent; null: nowhere. */
  readonly alertWebhook: { readonly url: Secret; readonly secret: Secret } | null;
  /** The company's identity provider, for signing in to the console; null: by password only. */
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: Secret;
    readonly roleClaim: string;
  } | null;
  readonly consoleDir: string | null;
  readonly trustProxy: CidrList;
  readonly publicUrl: string | null;
  readonly recording: RecordingMode;
  readonly recordingRetentionDays: number;
  readonly maxBodyBytes: number;
  /** Of a file for a batch, and of the body of a message batch. */
  readonly batchFileMaxBytes: number;
  readonly connectTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly copilotApiUrl: string | null;
  readonly githubApiUrl: string | null;
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
  readonly extraCaCertsFile: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const logLevels: readonly LogLevel[] = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
const fsyncPolicies: readonly FsyncPolicy[] = ["interval", "always"];
const diskFullPolicies: readonly DiskFullPolicy[] = ["refuse", "serve"];
const recordingModes: readonly RecordingMode[] = ["full", "metadata", "off"];

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
    dataDir: read("DATA_DIR") ?? "./data",
    databaseUrl,
    fsync: parseChoice("FSYNC", read("FSYNC"), fsyncPolicies, "interval"),
    whenDiskFull: parseChoice("WHEN_DISK_FULL", read("WHEN_DISK_FULL"), diskFullPolicies, "refuse"),
    githubTokens: parseGithubTokens(read("GITHUB_TOKEN"), read("GITHUB_TOKENS")),
    apiKey: secret("API_KEY"),
    oauthClientId: read("GITHUB_OAUTH_CLIENT_ID"),
    firstAdmin: parseFirstAdmin(read("ADMIN_USERNAME"), secret("ADMIN_PASSWORD")),
    encryptionKey,
    corsOrigins: parseCorsOrigins(read("CORS_ORIGINS")),
    logLevel: parseChoice("LOG_LEVEL", read("LOG_LEVEL"), logLevels, "info"),
    metricsToken: parseMetricsToken(secret("METRICS_TOKEN")),
    metricsLabels: parseChoices("METRICS_LABELS", read("METRICS_LABELS"), optionalLabels),
    otel: parseOtelSettings(parseUrl("OTEL_EXPORTER_OTLP_ENDPOINT", read("OTEL_EXPORTER_OTLP_ENDPOINT")), read),
    tracesUpstream: parseChoice("TRACE_UPSTREAM", read("TRACE_UPSTREAM"), ["off", "on"], "off") === "on",
    alertWebhook: parseAlertWebhook(secret("ALERT_WEBHOOK_URL"), secret("ALERT_WEBHOOK_SECRET")),
    oidc: parseOidc(read, secret("OIDC_CLIENT_SECRET")),
    consoleDir: read("CONSOLE_DIR"),
    trustProxy: parseTrustProxy(read("TRUST_PROXY")),
    publicUrl: parseUrl("PUBLIC_URL", read("PUBLIC_URL")),
    recording: parseChoice("RECORDING", read("RECORDING"), recordingModes, "full"),
    recordingRetentionDays: parseWhole("RECORDING_RETENTION_DAYS", read("RECORDING_RETENTION_DAYS"), 90, 0, 36_500),
    maxBodyBytes: parseWhole("MAX_BODY_BYTES", read("MAX_BODY_BYTES"), 32 * 1024 * 1024, 1_024, 1024 ** 3),
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
    extraCaCertsFile: read("NODE_EXTRA_CA_CERTS"),
  };
}

function parseWhole(name: string, text: string | null, fallback: number, min: number, max: number): number {
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new SettingError(name, text, `give a whole number from ${min} to ${max}`);
  }
  return value;
}

function parseTimeout(name: string, text: string | null, fallbackMs: number): number {
  if (text === null) return fallbackMs;
  const value = parseDuration(text);
  if (value === null || value <= 0) {
    throw new SettingError(name, text, "give seconds, or a number with a unit: 500ms, 30s, 2m, 1h");
  }
  return value;
}

function parseChoice<Choice extends string>(
  name: string,
  text: string | null,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  if (text === null) return fallback;
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice === undefined) throw new SettingError(name, text, `give one of ${choices.join(", ")}`);
  return choice;
}

function parseChoices<Choice extends string>(
  name: string,
  text: string | null,
  choices: readonly Choice[],
): readonly Choice[] {
  return splitList(text ?? "").map((entry) => {
    const choice = choices.find((candidate) => candidate === entry.toLowerCase());
    if (choice === undefined) throw new SettingError(name, text, `give any of ${choices.join(", ")}, comma-separated`);
    return choice;
  });
}

function parseUrl(name: string, text: string | null): string | null {
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new SettingError(name, text, "give an http:// or https:// address");
  }
  return text.replace(/\/+$/, "");
}

function parseMetricsToken(token: Secret | null): Secret | null {
  if (token !== null && /\s/.test(token.reveal())) {
    throw new SettingError("METRICS_TOKEN", null, "give a text without spaces: it comes as Bearer");
  }
  return token;
}

function parseAlertWebhook(url: Secret | null, secret: Secret | null): GatewaySettings["alertWebhook"] {
  if (url === null && secret === null) return null;
  if (url === null)
    throw new SettingError("ALERT_WEBHOOK_URL", null, "it must be set together with ALERT_WEBHOOK_SECRET");
  if (!/^https?:\/\//i.test(url.reveal()) || !URL.canParse(url.reveal())) {
    throw new SettingError("ALERT_WEBHOOK_URL", null, "give an http:// or https:// address");
  }
  if (secret === null || parseWebhookSecret(secret) === null) {
    throw new SettingError("ALERT_WEBHOOK_SECRET", null, "give whsec_ and 24 to 64 random bytes in base64");
  }
  return { url, secret };
}

function parseOidc(read: (name: string) => string | null, clientSecret: Secret | null): GatewaySettings["oidc"] {
  const [issuer, clientId] = [parseUrl("OIDC_ISSUER", read("OIDC_ISSUER")), read("OIDC_CLIENT_ID")];
  const given = [
    ["OIDC_ISSUER", issuer],
    ["OIDC_CLIENT_ID", clientId],
    ["OIDC_CLIENT_SECRET", clientSecret],
  ] as const;
  const missing = given.find(([, value]) => value === null);
  if (issuer === null || clientId === null || clientSecret === null) {
    const isUnset = given.every(([, value]) => value === null) && read("OIDC_ROLE_CLAIM") === null;
    if (isUnset || missing === undefined) return null;
    throw new SettingError(missing[0], null, "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together");
  }
  return { issuer, clientId, clientSecret, roleClaim: read("OIDC_ROLE_CLAIM") ?? "roles" };
}

function parseDatabaseUrl(secret: Secret | null): Secret | null {
  if (secret === null) return null;
  const text = secret.reveal();
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new SettingError("DATABASE_URL", null, "give postgres://user:password@host:port/database");
  }
  return secret;
}

function parseCorsOrigins(text: string | null): "*" | readonly string[] {
  if (text === null) return [];
  if (text === "*") return "*";
  return splitList(text).map((entry) => {
    const origin = URL.canParse(entry) ? new URL(entry).origin : "null";
    if (origin === "null" || origin !== entry.replace(/\/$/, "").toLowerCase()) {
      throw new SettingError(
        "CORS_ORIGINS",
        text,
        `${JSON.stringify(entry)} is no origin; give https://host[:port], comma-separated, or *`,
      );
    }
    return origin;
  });
}

function parseTrustProxy(text: string | null): CidrList {
  try {
    return new CidrList(text === null ? [] : splitList(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SettingError(
      "TRUST_PROXY",
      text,
      `${JSON.stringify(error.message)} is no address or CIDR such as 10.0.0.0/8`,
    );
  }
}

function parseGithubTokens(single: string | null, list: string | null): GatewaySettings["githubTokens"] {
  const tokens = single === null ? [] : [{ alias: "default", token: new Secret(single) }];
  for (const entry of splitList(list ?? "")) {
    const [alias = "", ...rest] = entry.split("=");
    const token = rest.join("=").trim();
    if (alias.trim() === "" || token === "") {
      throw new SettingError("GITHUB_TOKENS", null, "give alias=token pairs, comma-separated");
    }
    tokens.push({ alias: alias.trim(), token: new Secret(token) });
  }
  const aliases = new Set(tokens.map((token) => token.alias.toLowerCase()));
  if (aliases.size !== tokens.length) throw new SettingError("GITHUB_TOKENS", null, "each alias may stand once");
  return tokens;
}

function parseFirstAdmin(username: string | null, password: Secret | null): GatewaySettings["firstAdmin"] {
  if (username === null && password === null) return null;
  if (username === null) throw new SettingError("ADMIN_USERNAME", null, "it must be set together with ADMIN_PASSWORD");
  if (password === null) throw new SettingError("ADMIN_PASSWORD", null, "it must be set together with ADMIN_USERNAME");
  if (password.reveal().length < 8) throw new SettingError("ADMIN_PASSWORD", null, "give at least 8 characters");
  return { username, password };
}

function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
