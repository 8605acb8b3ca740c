// The admin API's shapes as types, for the console. The schemas behind them validate every request.
import type { z } from "@hono/zod-openapi";
import type * as keys from "./api-key-schemas.js";
import type * as audit from "./audit-schemas.js";
import type * as auth from "./auth-schemas.js";
import type * as events from "./event-schemas.js";
import type * as fields from "./fields.js";
import type * as tokens from "./github-token-schemas.js";
import type * as models from "./model-schemas.js";
import type * as settings from "./settings-schemas.js";
import type * as statistics from "./stats-schemas.js";
import type * as users from "./user-schemas.js";

export type ApiErrorBody = z.infer<typeof fields.apiErrorBody>;

export type AuthStatus = z.infer<typeof auth.authStatus>;
export type Me = z.infer<typeof auth.me>;
export type SetupBody = z.input<typeof auth.setupBody>;
export type LoginBody = z.input<typeof auth.loginBody>;
export type LoginResult = z.infer<typeof auth.loginResult>;

export type TokenStatus = z.infer<typeof tokens.tokenStatus>;
export type GithubTokenView = z.infer<typeof tokens.githubTokenView>;
export type GithubTokenList = z.infer<typeof tokens.githubTokenList>;
export type CreateGithubTokenBody = z.input<typeof tokens.createGithubTokenBody>;
export type UpdateGithubTokenBody = z.input<typeof tokens.updateGithubTokenBody>;
export type StartDeviceSignInBody = z.input<typeof tokens.startDeviceSignInBody>;
export type DeviceSignInStart = z.infer<typeof tokens.deviceSignInStart>;
export type DeviceSignInStatus = z.infer<typeof tokens.deviceSignInStatus>;
export type QuotaBucket = z.infer<typeof tokens.quotaBucket>;
export type GithubTokenQuota = z.infer<typeof tokens.githubTokenQuota>;
export type GithubTokenQuotas = z.infer<typeof tokens.githubTokenQuotas>;

export type ApiKeyView = z.infer<typeof keys.apiKeyView>;
export type ApiKeyList = z.infer<typeof keys.apiKeyList>;
export type CreateApiKeyBody = z.input<typeof keys.createApiKeyBody>;
export type UpdateApiKeyBody = z.input<typeof keys.updateApiKeyBody>;
export type CreatedApiKey = z.infer<typeof keys.createdApiKey>;

export type KeyDefaults = z.infer<typeof settings.keyDefaults>;
export type StartSettings = z.infer<typeof settings.startSettings>;
export type SettingsView = z.infer<typeof settings.settingsView>;
export type UpdateSettingsBody = z.input<typeof settings.updateSettingsBody>;

export type Stats = z.infer<typeof statistics.stats>;
export type StatsRow = z.infer<typeof statistics.statsRow>;
export type StatsQuery = z.input<typeof statistics.statsQuery>;

export type LiveTokenState = z.infer<typeof events.liveTokenState>;
export type LiveRequest = z.infer<typeof events.liveRequest>;

export type ModelOverview = z.infer<typeof models.modelView>;
export type ModelOverviewList = z.infer<typeof models.modelOverviewList>;

export type UserView = z.infer<typeof users.userView>;
export type UserList = z.infer<typeof users.userList>;
export type CreateUserBody = z.input<typeof users.createUserBody>;
export type UpdateUserBody = z.input<typeof users.updateUserBody>;

export type AuditEventView = z.infer<typeof audit.auditEventView>;
export type AuditPage = z.infer<typeof audit.auditPage>;
