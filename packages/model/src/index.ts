// The domain's vocabulary: types, the one error type, Secret and Clock; and the small pure parts that several packages
// share. Nothing here decides, stores or talks to anybody.
// Every export here is public API.
export {
  type ApiKey,
  type KeyLimits,
  type KeySeat,
  type LimitPeriod,
  noLimits,
  type RecordingMode,
  type ReplacedKey,
} from "./api-key.js";
export type { AuditEvent } from "./audit-event.js";
export { type BackoffPolicy, backoffMs } from "./backoff.js";
export type {
  Batch,
  BatchApi,
  BatchCounts,
  BatchItem,
  BatchItemState,
  BatchProblem,
  BatchStatus,
  StoredFile,
} from "./batch.js";
export type { ByteSink, ByteStream } from "./byte-stream.js";
export type { CancelSignal } from "./cancel-signal.js";
export type { CatalogueModel, ModelBilling, ModelSupport, TokenPrices } from "./catalogue.js";
export type { Charges, ChargeUnit } from "./charges.js";
export type { Cancel, Clock, Randomness } from "./clock.js";
export { nanoAiuPerCredit } from "./credits.js";
export { type ErrorCode, errorCodes, GatewayError, type GatewayErrorOptions, type UpstreamErrorInfo } from "./error.js";
export { estimateTokens } from "./estimate-tokens.js";
export type { GithubToken, GithubTokenKind, TokenState, TokenStatus } from "./github-token.js";
export type { Consent, Invite, InvitedKey, Joined } from "./invite.js";
export { isJsonObject, type JsonObject, type JsonValue, parseJson, parseJsonObject } from "./json.js";
export { LatestMap } from "./latest-map.js";
export type { ClaimUsage, LimitClaim, LimitWindow } from "./limit-claim.js";
export type { Log } from "./log.js";
export type { QuotaCycle, QuotaUnit } from "./quota-cycle.js";
export { premiumBucket, type QuotaSnapshot, weeklyBucket } from "./quota-snapshot.js";
export type { Operation, RecordedBodies, RequestAttempt, RequestOutcome, RequestRecord } from "./request-record.js";
export { Secret } from "./secret.js";
export {
  type BatchSettings,
  defaultSettings,
  type KeyDefaults,
  type RoutingStrategy,
  routingStrategies,
  type Settings,
} from "./settings.js";
export type { Team } from "./team.js";
export { type UpstreamFailure, type UpstreamFailureKind, upstreamFailureKinds } from "./upstream-failure.js";
export type { ReportedUsage, TokenUsage } from "./usage.js";
export type { LoginSession, SignInMethod, User, UserRole } from "./user.js";
export {
  dayMs,
  dayStartMs,
  hourMs,
  hourStartMs,
  monthStartMs,
  nextDayStartMs,
  nextMonthStartMs,
  utcDate,
  windowEndMs,
} from "./utc-calendar.js";
export { type Initiator, type Protocol, type Wire, wires } from "./wire.js";
