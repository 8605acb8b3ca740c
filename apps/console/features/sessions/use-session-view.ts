import { parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { SessionFilter } from "#lib/api/use-sessions";
import { hourMs } from "#lib/time-units";
import type { RangeState } from "#lib/use-range";

export const sessionTabs = ["conversations", "requests"] as const;
export const detailViews = ["chat", "raw", "facts"] as const;
export type DetailView = (typeof detailViews)[number];

export const outcomes = ["completed", "failed", "aborted"] as const;

/** What the page shows, as it stands in the address. */
export function useSessionView() {
  return useQueryStates({
    tab: parseAsStringLiteral(sessionTabs).withDefault("conversations"),
    q: parseAsString.withDefault(""),
    model: parseAsString,
    key: parseAsString,
    token: parseAsString,
    protocol: parseAsString,
    status: parseAsStringLiteral(outcomes),
    code: parseAsString,
    client: parseAsString,
    min_ms: parseAsInteger,
    min_credits: parseAsFloat,
    id: parseAsString,
    request: parseAsString,
    view: parseAsStringLiteral(detailViews).withDefault("chat"),
    /** The details as a page of their own. */
    full: parseAsString,
  });
}

export type SessionViewState = ReturnType<typeof useSessionView>[0];

/** The view's filters as the gateway takes them. A span up to now has no end, so that the list's key stays as it is. */
export function useSessionFilter(view: SessionViewState, range: RangeState): SessionFilter {
  const { model, key, token, protocol, status, code, client, min_ms: minMs, min_credits: minCredits, q } = view;
  const { name, fromMs, toMs } = range;
  const isOpenEnded = name !== "custom" && name !== "prev-month";
  // A rolling span moves by the minute; to the hour is close enough for a list.
  const stableFromMs = isOpenEnded ? Math.floor(fromMs / hourMs) * hourMs : fromMs;
  const stableToMs = isOpenEnded ? null : toMs;
  return useMemo(
    () => ({
      model,
      key,
      token,
      protocol,
      status,
      code,
      client,
      minMs,
      minCredits,
      text: q.trim(),
      fromMs: stableFromMs,
      toMs: stableToMs,
    }),
    [model, key, token, protocol, status, code, client, minMs, minCredits, q, stableFromMs, stableToMs],
  );
}
