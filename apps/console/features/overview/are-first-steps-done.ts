import type { ApiKey } from "#lib/api/use-api-keys";
import type { GithubToken } from "#lib/api/use-github-tokens";

/** Whether all of it has been done once: a key was used, and a token served. */
export function areFirstStepsDone(tokens: readonly GithubToken[], keys: readonly ApiKey[]): boolean {
  return keys.some(({ last_used_at: at }) => at !== null) && tokens.some(({ total_requests: count }) => count > 0);
}
