/** One key per answer of the gateway that the console caches. */
export const queryKeys = {
  authStatus: ["auth-status"],
  githubTokens: ["github-tokens"],
  githubTokenQuotas: ["github-token-quotas"],
  invites: ["invites"],
  quotaForecast: ["quota-forecast"],
  apiKeys: ["api-keys"],
  models: ["models"],
  users: ["users"],
  settings: ["settings"],
  audit: ["audit"],
  stats: ["stats"],
  sessions: ["sessions"],
  requests: ["requests"],
  status: ["status"],
  openapi: ["openapi"],
} as const;
