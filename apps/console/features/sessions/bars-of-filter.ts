import type { SessionFilter } from "#lib/api/use-sessions";
import type { StatsLine } from "#lib/api/use-stats";
import type { Narrowing, NarrowingName } from "#lib/narrowing";
import { outcomes } from "./use-session-view";

type Outcome = (typeof outcomes)[number];

/** The filters of the page, as they are called in its address; `q` is the search for a text. */
type FilterName = NarrowingName | "code" | "client" | "min_ms" | "min_credits" | "q";

/** What of a filter the bars over the list can follow. */
interface BarsOfFilter {
  only: Narrowing | null;
  /** Statistics count the outcomes apart, whatever they are narrowed by. */
  outcome: Outcome | null;
  /** What narrows the list alone. */
  ignored: readonly FilterName[];
}

/** From the most special one on: statistics are kept of one thing at a time. */
const dimensions = ["key", "token", "model", "protocol"] as const satisfies readonly NarrowingName[];

/** Divides a filter into what statistics can be narrowed by and what they cannot. */
export function barsOfFilter(filter: SessionFilter): BarsOfFilter {
  const chosen = dimensions.flatMap((dimension) => {
    const id = filter[dimension];
    return id === null ? [] : [{ dimension, id }];
  });
  const [only = null, ...others] = chosen;
  const { code, client, minMs, minCredits, text } = filter;
  const rest = { code, client, min_ms: minMs, min_credits: minCredits, q: text === "" ? null : text };
  const names = ["code", "client", "min_ms", "min_credits", "q"] as const;
  return {
    only,
    outcome: outcomes.find((outcome) => outcome === filter.status) ?? null,
    ignored: [...others.map(({ dimension }) => dimension), ...names.filter((name) => rest[name] !== null)],
  };
}

/** Rows of which only the requests with the outcome are left; all of them without one. */
export function rowsOfOutcome(rows: readonly StatsLine[], outcome: Outcome | null): readonly StatsLine[] {
  switch (outcome) {
    case null:
      return rows;
    case "completed":
      return rows.map((row) => ({ ...row, requests: row.requests - row.errors - row.aborted, errors: 0 }));
    case "failed":
      return rows.map((row) => ({ ...row, requests: row.errors }));
    case "aborted":
      return rows.map((row) => ({ ...row, requests: row.aborted, errors: 0 }));
  }
}
