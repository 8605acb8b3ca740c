// The admin API's shapes as types, for the console. The schemas behind them validate every request.
export type { AuditEventView, AuditPage } from "./audit/schemas.js";
export type {
  AuthStatus,
  ChangePasswordBody,
  LoginBody,
  LoginResult,
  Me,
  OidcError,
  SetupBody,
  SignInSession,
  SignInSessionList,
} from "./auth/schemas.js";
export type { BatchItemPage, BatchPage, BatchRunnerView, BatchView } from "./batches/schemas.js";
export type {
  LiveAlert,
  LiveKeyChange,
  LiveKeyState,
  LiveRequest,
  LiveStartedRequest,
  LiveTokenState,
} from "./events/schemas.js";
export type {
  CreatedInvite,
  CreateInviteBody,
  InvitationView,
  InviteList,
  InviteView,
  JoinBody,
  JoinState,
} from "./invites/schemas.js";
export type {
  ApiKeyList,
  ApiKeyView,
  CreateApiKeyBody,
  CreatedApiKey,
  TestApiKeyBody,
  UpdateApiKeyBody,
} from "./keys/schemas.js";
export type { OwnKey, OwnSessionPage, OwnTurn, OwnTurnPage, OwnUsage } from "./me/schemas.js";
export type { ModelOverview, ModelOverviewList, ModelResolutionView } from "./models/schemas.js";
export type {
  EntityForecastView,
  PoolForecastView,
  QuotaCyclesView,
  QuotaForecastView,
} from "./quota/schemas.js";
export type { RequestDetail, RequestFacts, RequestList, RequestQuery, StreamEvents } from "./requests/schemas.js";
export type { BulkBody, BulkResult } from "./route/bulk-schemas.js";
export type { ApiErrorBody } from "./route/fields.js";
export type { SearchHit, SearchResult } from "./search/schemas.js";
export type {
  RecordedRequestView,
  SessionDetail,
  SessionFilterOptions,
  SessionPage,
  SessionQuery,
  SessionView,
} from "./sessions/schemas.js";
export type { MessagePart, SessionTurnPage, SessionTurnView, TurnMessage } from "./sessions/turn-schemas.js";
export type { KeyDefaults, SettingsView, StartSettings, UpdateSettingsBody } from "./settings/schemas.js";
export type { RequestCounts, Sparklines, Stats, StatsQuery, StatsRow } from "./statistics/schemas.js";
export type { AlertView, GatewayStatus } from "./status/schemas.js";
export type { CreateTeamBody, TeamBody, TeamList, UpdateTeamBody } from "./teams/schemas.js";
export type {
  CreateGithubTokenBody,
  DeviceSignInStart,
  DeviceSignInStatus,
  GithubTokenList,
  GithubTokenQuota,
  GithubTokenQuotas,
  GithubTokenView,
  QuotaBucket,
  StartDeviceSignInBody,
  TokenStatus,
  UpdateGithubTokenBody,
} from "./tokens/schemas.js";
export type { CreateUserBody, UpdateUserBody, UserList, UserView } from "./users/schemas.js";
