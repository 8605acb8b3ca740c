// The admin API's shapes as types, for the console. The schemas behind them validate every request.
import type { z } from "@hono/zod-openapi";
import type * as schemas from "./schemas.js";

export type ApiErrorBody = z.infer<typeof schemas.apiErrorBody>;
export type AuthStatus = z.infer<typeof schemas.authStatus>;
export type Me = z.infer<typeof schemas.me>;
export type SetupBody = z.infer<typeof schemas.setupBody>;
export type LoginBody = z.infer<typeof schemas.loginBody>;
export type LoginResult = z.infer<typeof schemas.loginResult>;
export type TokenStatus = z.infer<typeof schemas.tokenStatus>;
export type GithubTokenView = z.infer<typeof schemas.githubTokenView>;
export type GithubTokenList = z.infer<typeof schemas.githubTokenList>;
export type CreateGithubTokenBody = z.infer<typeof schemas.createGithubTokenBody>;
export type UpdateGithubTokenBody = z.infer<typeof schemas.updateGithubTokenBody>;
export type QuotaBucket = z.infer<typeof schemas.quotaBucket>;
export type GithubTokenQuota = z.infer<typeof schemas.githubTokenQuota>;
export type GithubTokenQuotas = z.infer<typeof schemas.githubTokenQuotas>;
export type ApiKeyView = z.infer<typeof schemas.apiKeyView>;
export type ApiKeyList = z.infer<typeof schemas.apiKeyList>;
export type CreateApiKeyBody = z.infer<typeof schemas.createApiKeyBody>;
export type UpdateApiKeyBody = z.infer<typeof schemas.updateApiKeyBody>;
export type CreatedApiKey = z.infer<typeof schemas.createdApiKey>;
