import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useNow } from "use-intl";
import type { ApiKey } from "#lib/api/use-api-keys";
import { keyStates, mapKeyState } from "./map-key-state";

/** The list's search, filters, order and open key, as they stand in the address. */
export function useKeyFilters() {
  return useQueryStates({
    q: parseAsString.withDefault(""),
    state: parseAsStringLiteral(keyStates),
    model: parseAsString,
    token: parseAsString,
    sort: parseAsString.withDefault(""),
    id: parseAsString,
    new: parseAsString,
  });
}

type KeyFilters = Pick<ReturnType<typeof useKeyFilters>[0], "q" | "state" | "model" | "token">;

/** The keys that fit. One without restrictions may use every model and is served by every token. */
export function useFilteredKeys(keys: readonly ApiKey[], { q, state, model, token }: KeyFilters): readonly ApiKey[] {
  const nowMs = useNow({ updateInterval: 20_000 }).getTime();
  return useMemo(() => {
    const words = q.toLowerCase();
    return keys.filter(
      (key) =>
        (state === null || mapKeyState(key, nowMs) === state) &&
        (model === null || key.allowed_models === null || key.allowed_models.includes(model)) &&
        (token === null || key.github_token_ids === null || key.github_token_ids.includes(token)) &&
        `${key.alias} ${key.key_preview} ${key.id}`.toLowerCase().includes(words),
    );
  }, [keys, q, state, model, token, nowMs]);
}
