import type {
  ByteStream,
  CancelSignal,
  CatalogueModel,
  GithubTokenKind,
  Initiator,
  QuotaSnapshot,
  Secret,
  UpstreamFailure,
} from "@copilot-llm/model";

/** How one account proves itself to GitHub (docs/copilot-service.md#account-types). */
export type AccountCredential =
  | { readonly kind: Extract<GithubTokenKind, "user">; readonly token: Secret }
  | {
      readonly kind: Extract<GithubTokenKind, "app_installation">;
      readonly appId: string;
      /** PEM. */
      readonly privateKey: Secret;
      readonly installationId: string;
    }
  | { readonly kind: Extract<GithubTokenKind, "logged_in_user"> };

/** All of GitHub Copilot as the rest of the code sees it; nothing outside this package knows the SDK. */
export interface Upstream {
  /** A handle for one account. No I/O; the first call on the handle does it. */
  openAccount(credential: AccountCredential): UpstreamAccount;
  readonly deviceFlow: DeviceFlow;
  /** How many of its runtime processes ended by themselves so far; each is replaced by the next call that needs it. */
  readonly runtimesLost: number;
  /** Aborts what is under way, ends every runtime and closes every connection. */
  close(): Promise<void>;
}

/** Sign-in by a code that a person types on GitHub's own page, for a client id of the operator's own. */
export interface DeviceFlow {
  start(clientId: string): Promise<UpstreamResult<DeviceCode>>;
  /** Asks once. GitHub wants `intervalMs` between two polls of a code. */
  poll(clientId: string, deviceCode: Secret): Promise<UpstreamResult<DevicePoll>>;
}

export interface DeviceCode {
  /** Worth the token itself once the person agreed: not to be shown. */
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly expiresAtMs: number;
  readonly intervalMs: number;
}

export type DevicePoll =
  | { readonly status: "pending" | "expired" | "denied" }
  /** Null: five seconds more than before (RFC 8628). */
  | { readonly status: "slow_down"; readonly intervalMs: number | null }
  /** `expires`: the token ends after some hours, as those of a GitHub App do unless its settings say otherwise. */
  | { readonly status: "complete"; readonly token: Secret; readonly expires: boolean };

export interface UpstreamAccount {
  /** Signs in anew and reads who this is; GitHub's answer may be a minute old (the runtime keeps it). Single-flight. */
  signIn(): Promise<UpstreamResult<AccountProfile>>;
  /**
   * The account's models from the raw catalogue, each id once. Single-flight, kept for `catalogueMaxAgeMs`; `refresh`
   * asks anew. When a refresh fails and an older catalogue is at hand, that one is returned,
   * unless GitHub refuses the account.
   */
  catalogue(options?: { readonly refresh?: boolean }): Promise<UpstreamResult<readonly CatalogueModel[]>>;
  /** The account's quota buckets, at most a minute old (the runtime keeps them). Single-flight. */
  quota(): Promise<UpstreamResult<readonly QuotaSnapshot[]>>;
  /**
   * The logins of the organisations that GitHub names for the account, in its order; the first pays for a seat. None for
   * a GitHub App installation. It may cost a runtime process for a moment: to be asked rarely. Single-flight.
   */
  organizations(): Promise<UpstreamResult<readonly string[]>>;
  /**
   * One data-plane call, answered as soon as the status line is there. A refusal or a broken connection is an answer
   * too (`ok: false`), not an exception. After a 401 the endpoint is refreshed once and the call repeated.
   * Throws `client_closed` when `signal` aborts first; aborting later ends the body's connection at once.
   */
  send(request: UpstreamRequest): Promise<UpstreamAnswer>;
  /** Lets go of the account's session. Calls under way finish. */
  close(): Promise<void>;
}

/** A control-plane answer. A refusal by GitHub, or GitHub out of reach, is a value and not an exception. */
export type UpstreamResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: UpstreamFailure };

export interface AccountProfile {
  readonly login: string;
  /** `individual`, `business`, …; null when GitHub does not say. */
  readonly plan: string | null;
  /** Something an admin should know, e.g. a deprecated token type. */
  readonly warning: string | null;
}

export const upstreamPaths = [
  "/chat/completions",
  "/responses",
  "/v1/messages",
  "/v1/messages/count_tokens",
  "/embeddings",
] as const;

export type UpstreamPath = (typeof upstreamPaths)[number];

export interface UpstreamRequest {
  readonly path: UpstreamPath;
  readonly modelId: string;
  /** The JSON body, sent as it is. */
  readonly body: Uint8Array;
  /** Headers of the client that the wire knows (`anthropic-version`, `anthropic-beta`); lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly initiator: Initiator;
  /** True iff any message holds an image. */
  readonly hasImages: boolean;
  /** One per user turn; null lets the endpoint snapshot's own go out. */
  readonly interactionId: string | null;
  /** W3C trace context; none goes out unless it is given. */
  readonly traceparent?: string;
  readonly signal: CancelSignal;
}

export type UpstreamAnswer = UpstreamSuccess | UpstreamRefusal;

export interface UpstreamSuccess {
  readonly ok: true;
  readonly status: number;
  /** Lower-case names; a repeated header's values are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the quota headers of this answer say; empty when there were none. */
  readonly quotas: readonly QuotaSnapshot[];
  readonly body: ByteStream;
}

export interface UpstreamRefusal {
  readonly ok: false;
  /** Null when there was no answer at all. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly quotas: readonly QuotaSnapshot[];
  readonly failure: UpstreamFailure;
}
