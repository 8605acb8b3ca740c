import { dayMs, hourMs, monthStartMs } from "@copilot-llm/model";
import type { StatisticsDimension } from "../interfaces/statistics.js";

/** In this order: a pair is named after the one that comes first here. */
export const dimensions: readonly StatisticsDimension[] = ["model", "key", "token", "error", "protocol", "outcome"];

/** What a cell is of: everything, one dimension, or two. */
export type CellDimension = "total" | StatisticsDimension | `${StatisticsDimension} ${StatisticsDimension}`;

export const cellDimensions: readonly CellDimension[] = [
  "total",
  ...dimensions.flatMap((dimension, index): CellDimension[] => [
    dimension,
    ...dimensions.slice(index + 1).map((other): CellDimension => `${dimension} ${other}`),
  ]),
];

/** Requests that never got as far as a model or a token, or failed without a code. */
export const noGroup = "";

/** How long the time of a cell is. A record counts in a cell of each length. */
export const spans = ["5m", "hour", "day", "month"] as const;

export type CellSpan = (typeof spans)[number];

const fixedMs = { "5m": hourMs / 12, hour: hourMs, day: dayMs } as const;

export function spanStartMs(span: CellSpan, atMs: number): number {
  return span === "month" ? monthStartMs(atMs) : Math.floor(atMs / fixedMs[span]) * fixedMs[span];
}

/** When the first span begins that does not begin before the moment. */
export function spanCeilingMs(span: CellSpan, atMs: number): number {
  const startMs = spanStartMs(span, atMs);
  if (startMs === atMs) return atMs;
  return span === "month" ? monthStartMs(startMs + 31 * dayMs) : startMs + fixedMs[span];
}

export interface Facet {
  readonly group: string;
  /** The alias, where the group has one. */
  readonly label: string | null;
}

/** What a record is in each dimension; null: it has no part in it. */
export type Facets = Readonly<Record<StatisticsDimension, Facet | null>>;

export interface CellGroup {
  readonly dimension: CellDimension;
  readonly group: Facet;
  readonly split: Facet;
}

/** Where a cell belongs. */
export interface CellPlace extends CellGroup {
  readonly span: CellSpan;
  readonly startMs: number;
}

const none: Facet = { group: noGroup, label: null };

/** The groups in which a record counts: all, each dimension, and each pair of them. */
export function cellGroups(facets: Facets): readonly CellGroup[] {
  const groups: CellGroup[] = [{ dimension: "total", group: none, split: none }];
  for (const [index, dimension] of dimensions.entries()) {
    const group = facets[dimension];
    if (group === null) continue;
    groups.push({ dimension, group, split: none });
    for (const other of dimensions.slice(index + 1)) {
      const split = facets[other];
      if (split !== null) groups.push({ dimension: `${dimension} ${other}`, group, split });
    }
  }
  return groups;
}

/** What a pair did in five minutes is asked for by nobody: rows by time have one dimension. */
export function isKept(dimension: CellDimension, span: CellSpan): boolean {
  return span !== "5m" || !dimension.includes(" ");
}
