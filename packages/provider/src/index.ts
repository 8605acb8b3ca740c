// The request pipeline and the admin verbs, composed from the lower layers; what gateway and MCP both call.
// No HTTP server, no environment variables, no SDK here.

export type { Installation } from "./accounts/installation.js";
export type { Payer } from "./accounts/payer.js";
export type { AccountFacts } from "./accounts/pooled-account.js";
export type { Actor } from "./admin/audit.js";
export type { BillingEntityView } from "./admin/billing-entities.js";
export { type AlertMatter, alertId, alertQuietMs, type ClaimAlert } from "./admin/claim-alert.js";
export { type OpenSession, type SignInOrigin, sessionId } from "./admin/console-sessions.js";
export type { DeviceSignIn, DeviceSignInState, DeviceSignIns } from "./admin/device-sign-ins.js";
export type { ExternalIdentity } from "./admin/external-sign-in.js";
export type { IssuedKey, KeyAdmin, KeyChanges, KeySettings, KeyView, NewKey } from "./admin/key-admin.js";
export type { BilledModel, LackingToken, ModelOverview } from "./admin/model-overview.js";
export type { ProviderStatus, Readiness } from "./admin/provider-status.js";
export { type ResetAdminInput, resetAdmin } from "./admin/reset-admin.js";
export type { ModelResolution } from "./admin/resolve-model.js";
export type { AuditFilter, AuditPage, AuditQuery } from "./admin/search-audit.js";
export type { SettingsAdmin, SettingsChanges } from "./admin/settings-admin.js";
export { settingsVersion } from "./admin/settings-version.js";
export type { SignedIn, SignIn, SignInDevice } from "./admin/sign-in.js";
export type { NewToken, TokenAdmin, TokenChanges } from "./admin/token-admin.js";
export type { CredentialChange, NewCredential } from "./admin/token-credential.js";
export type { TokenInsight } from "./admin/token-insights.js";
export type { TokenQuota, TokenView } from "./admin/token-views.js";
export type { NewUser, UserAdmin } from "./admin/user-admin.js";
export type { BatchItemOutcome, BatchRunnerReading } from "./batches/batch-runner.js";
export type { Batches } from "./batches/create-batches.js";
export type { Alert, AlertSeverity } from "./changes/alert.js";
export type { LiveEvent, LiveEvents, LiveListener } from "./changes/live-events.js";
export type { IdPrefix, Ids } from "./identity/ids.js";
export { type KeyStanding, keyStanding } from "./identity/key-standing.js";
export { keyOf, type Principal, principalId, principalName } from "./identity/principal.js";
export { createProvider, type Provider, type ProviderOptions } from "./provider.js";
export type {
  ClosedCycle,
  EntityOutlook,
  PoolOutlook,
  QuotaForecast,
  QuotaOutlook,
} from "./quota/quota-figures.js";
export type { QuotaWatch } from "./quota/quota-watch.js";
export type { InviteAdmin, InviteStatus, IssuedInvite, NewInvite } from "./seats/invite-admin.js";
export type { Invitation, JoiningByDevice, Seats } from "./seats/seats.js";
export type { AttemptWatch, RequestWatch, StartedAttempt } from "./serve/request-watch.js";
export type { ServeAnswer, ServeCall, ServeTrace } from "./serve/serve-call.js";
export type { RecordedRequests } from "./sessions/recorded-requests.js";
export type { ContinueCall, SessionAdmin, SessionView } from "./sessions/session-admin.js";
export type { SessionTitles } from "./sessions/session-titles.js";
export type { SessionTurn, SessionTurns, SessionTurnsPage } from "./sessions/session-turns.js";
export type { TimedEvent } from "./sessions/timed-events.js";
export type { TimedRequest } from "./sessions/timed-request.js";
export { createSystemClock, createSystemRandomness } from "./system-clock.js";
export type { TeamAdmin, TeamChanges, TeamView } from "./teams/team-admin.js";
export { addFigures } from "./teams/team-statistics.js";
