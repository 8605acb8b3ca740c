import type { Provider } from "@copilot-llm/provider";
import { sumFigures } from "./sum-figures.js";

type Row = Awaited<ReturnType<Provider["statistics"]["report"]>>["rows"][number];

/** A row, and whether it is of those that are not told by name. */
export type LimitedRow = Row & { readonly isOther: boolean };

const other = "other";

/**
 * Keeps what had the most requests by name, and adds up the rest: of each time, or each group, apart. `part`: what is
 * limited, the groups or, where groups are times, the splits.
 */
export function limitRows(
  rows: readonly Row[],
  part: "group" | "split",
  limit: number | undefined,
): readonly LimitedRow[] {
  if (limit === undefined) return rows.map((row) => ({ ...row, isOther: false }));
  const named = listMostAsked(rows, part, limit);
  const rest = new Map<string | null, Row[]>();
  const kept: LimitedRow[] = [];
  for (const row of rows) {
    if (named.has(row[part])) {
      kept.push({ ...row, isOther: false });
      continue;
    }
    const place = part === "group" ? row.split : row.group;
    rest.set(place, [...(rest.get(place) ?? []), row]);
  }
  return [...kept, ...[...rest.values()].map((its) => sumRows(its, part))];
}

function listMostAsked(rows: readonly Row[], part: "group" | "split", limit: number): ReadonlySet<string | null> {
  const requests = new Map<string | null, number>();
  for (const row of rows) requests.set(row[part], (requests.get(row[part]) ?? 0) + row.requests);
  const ranked = [...requests].sort(([, one], [, another]) => another - one);
  return new Set(ranked.slice(0, limit).map(([name]) => name));
}

function sumRows(rows: readonly Row[], part: "group" | "split"): LimitedRow {
  const [first] = rows;
  const { group = null, label = null, split = null, splitLabel = null } = first ?? {};
  const names =
    part === "group"
      ? { group: other, label: null, split, splitLabel }
      : { group, label, split: other, splitLabel: null };
  return { ...sumFigures(rows), ...names, isOther: true };
}
