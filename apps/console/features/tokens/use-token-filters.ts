import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { tokenStates } from "./token-summary";

/** The list's search, filters, order and open token, as they stand in the address. */
export function useTokenFilters() {
  return useQueryStates({
    q: parseAsString.withDefault(""),
    state: parseAsStringLiteral(tokenStates),
    plan: parseAsString,
    sort: parseAsString.withDefault(""),
    id: parseAsString,
    new: parseAsString,
    invite: parseAsString,
  });
}

type TokenFilters = Pick<ReturnType<typeof useTokenFilters>[0], "q" | "state" | "plan">;

/** The tokens that fit. */
export function useFilteredTokens(tokens: readonly GithubToken[], { q, state, plan }: TokenFilters) {
  return useMemo(() => {
    const words = q.toLowerCase();
    return tokens.filter(
      (token) =>
        (state === null || token.status === state) &&
        (plan === null || token.plan === plan) &&
        `${token.alias} ${token.login ?? ""} ${token.token_preview} ${token.id}`.toLowerCase().includes(words),
    );
  }, [tokens, q, state, plan]);
}
