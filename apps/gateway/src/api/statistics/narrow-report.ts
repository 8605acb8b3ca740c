import { GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { sumFigures } from "./sum-figures.js";

type Statistics = Pick<Provider["statistics"], "report">;
type StoredQuery = Parameters<Statistics["report"]>[0];
type Report = Awaited<ReturnType<Statistics["report"]>>;
type Row = Report["rows"][number];

/** What requests can be narrowed by. */
export const narrowable = ["model", "key", "token", "protocol", "outcome"] as const;

/** The requests of one model, key or token, in one protocol, or with one outcome. */
export interface Narrowing {
  readonly dimension: (typeof narrowable)[number];
  readonly id: string;
}

/**
 * A report of these requests alone, right to the last figure: sums are kept of every two
 * dimensions together. Throws `invalid_request` for rows of two others.
 */
export async function narrowReport(statistics: Statistics, query: StoredQuery, narrowing: Narrowing): Promise<Report> {
  const { dimension, id } = narrowing;
  const [rows, own] = await Promise.all([
    listRows(statistics, query, narrowing),
    statistics.report({ ...rangeOf(query), groupBy: dimension }),
  ]);
  // Rows of five minutes end sooner than the hours that everything else is made of.
  const isFine = query.groupBy === "5m" || query.splitBy === "5m";
  const totals = isFine ? undefined : own.rows.find(({ group }) => group === id);
  return { rows, totals: totals ?? sumFigures(rows) };
}

async function listRows(
  statistics: Statistics,
  query: StoredQuery,
  { dimension, id }: Narrowing,
): Promise<readonly Row[]> {
  const { groupBy, splitBy } = query;
  if (groupBy === dimension || splitBy === dimension) {
    const { rows } = await statistics.report(query);
    return rows.filter((row) => (groupBy === dimension ? row.group : row.split) === id);
  }
  if (splitBy !== undefined) {
    const message = `\`split_by\`: With \`${dimension}\`, rows are of one thing besides it: leave it out, or split by ${dimension}.`;
    throw new GatewayError("invalid_request", message, { param: "split_by" });
  }
  const { rows } = await statistics.report({ ...query, groupBy: dimension, splitBy: groupBy });
  return rows
    .filter(({ group }) => group === id)
    .map((row) => ({ ...row, group: row.split, label: row.splitLabel, split: null, splitLabel: null }));
}

function rangeOf({ fromMs, toMs, timeZone, withOutputRates = false }: StoredQuery) {
  return { fromMs, toMs, withOutputRates, ...(timeZone === undefined ? {} : { timeZone }) };
}
