import { type ApiKey, GatewayError } from "@copilot-llm/model";
import type { Accounts } from "../accounts/accounts.js";

/**
 * The tokens that may serve a request: those the key is bound to, or the one that the request names; null means any.
 * Throws `invalid_request` for a named id that does not exist, `permission_denied` for one outside the key's binding,
 * and for a key whose tokens were all deleted: a binding never widens by itself.
 */
export function restrictTokens(
  accounts: Pick<Accounts, "has">,
  key: ApiKey | null,
  pinnedTokenId: string | null,
): readonly string[] | null {
  const bound = key?.githubTokenIds ?? null;
  if (bound !== null && !bound.some((id) => accounts.has(id))) {
    throw new GatewayError(
      "permission_denied",
      "The GitHub tokens that this API key is bound to were deleted. An administrator must bind it to others.",
    );
  }
  if (pinnedTokenId === null) return bound;
  if (!accounts.has(pinnedTokenId)) {
    throw new GatewayError("invalid_request", `X-GitHub-Token-Id names no token: ${JSON.stringify(pinnedTokenId)}.`, {
      param: "x-github-token-id",
    });
  }
  if (bound !== null && !bound.includes(pinnedTokenId)) {
    throw new GatewayError("permission_denied", "This API key is bound to other GitHub tokens.", {
      param: "x-github-token-id",
    });
  }
  return [pinnedTokenId];
}
