import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { KeyQuery } from "#lib/api/use-api-keys";
import { keyStates } from "./map-key-state";

/** The list's search, filters, order and open key, as they stand in the address. */
export function useKeyFilters() {
  return useQueryStates({
    q: parseAsString.withDefault(""),
    state: parseAsStringLiteral(keyStates),
    model: parseAsString,
    token: parseAsString,
    team: parseAsString,
    sort: parseAsString.withDefault(""),
    id: parseAsString,
    new: parseAsString,
  });
}

type KeyFilters = Pick<ReturnType<typeof useKeyFilters>[0], "q" | "state" | "model" | "token" | "team" | "sort">;

/** What the gateway is asked for: without an order of its own the newest key stands first. */
export function useKeyQuery({ q, state, model, token, team, sort }: KeyFilters): KeyQuery {
  return useMemo(() => {
    const text = q.trim();
    return { q: text === "" ? null : text, state, model, token, team, sort: sort === "" ? "-created_at" : sort };
  }, [q, state, model, token, team, sort]);
}
