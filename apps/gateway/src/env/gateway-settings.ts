import type { RecordingMode, Secret } from "@copilot-llm/model";
import type { FsyncPolicy } from "@copilot-llm/stores/lowdb";
import type { CidrList } from "./cidr-list.js";
import type { OptionalLabel } from "./metric-labels.js";
import type { OtelSettings } from "./otel-settings.js";

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

export type DiskFullPolicy = "refuse" | "serve";

/** The start-up settings, checked. The table in docs/configuration.md says what each means. */
export interface GatewaySettings {
  readonly host: string;
  readonly port: number;
  /** How many processes are wished for: one serves, and more are not started. */
  readonly workers: number;
  readonly dataDir: string;
  /** Null: everything is kept in `dataDir`. Else `encryptionKey` is given. */
  readonly databaseUrl: Secret | null;
  /** Of records in `dataDir`. */
  readonly fsync: FsyncPolicy;
  /** What becomes of answers while `dataDir` cannot be written: given unrecorded, or held until they are on record. */
  readonly whenDiskFull: DiskFullPolicy;
  readonly githubTokens: readonly {
    readonly alias: string;
    readonly token: Secret;
    /** Where it comes from, for whoever refuses it. */
    readonly variable: "GITHUB_TOKEN" | "GITHUB_TOKENS";
  }[];
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
