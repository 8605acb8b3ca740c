/** One key per answer of the gateway that the console caches. */
export const queryKeys = {
  authStatus: ["auth-status"],
  githubTokens: ["github-tokens"],
  apiKeys: ["api-keys"],
  models: ["models"],
} as const;
