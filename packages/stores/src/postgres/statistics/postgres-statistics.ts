import { sql } from "kysely";
import type { Statistics, StatisticsFigures, StatisticsQuery, StatisticsRow } from "../../interfaces/statistics.js";
import { noGroup } from "../../statistics/grouped-cells.js";
import { cellFigures } from "../../statistics/statistics-cell.js";
import type { Database } from "../connection/database.js";
import { spanMs, sumColumns } from "./add-to-statistics.js";

interface GroupedRow {
  readonly name: string | null;
  readonly label: string | null;
  readonly sums: readonly number[];
  readonly latencies: Readonly<Record<string, number>> | null;
  readonly first_tokens: Readonly<Record<string, number>> | null;
}

/** Sums of the cells that make up the range. */
export function createStatistics(database: Database): Statistics {
  return {
    async report(query) {
      const [totals, rows] = await Promise.all([
        sumCells(database, query, "total"),
        sumCells(database, query, query.groupBy),
      ]);
      return { totals: figures(totals[0]), rows: rows.map((row) => toRow(row, query.groupBy)) };
    },
  };
}

const groupings = {
  total: { dimension: "total", name: sql`''` },
  model: { dimension: "model", name: sql`group_id` },
  key: { dimension: "key", name: sql`group_id` },
  token: { dimension: "token", name: sql`group_id` },
  day: { dimension: "total", name: sql`to_char(to_timestamp(start_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')` },
  hour: {
    dimension: "total",
    name: sql`to_char(to_timestamp(start_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00:00.000"Z"')`,
  },
} as const;

async function sumCells(
  database: Database,
  query: StatisticsQuery,
  grouping: keyof typeof groupings,
): Promise<readonly GroupedRow[]> {
  const { dimension, name } = groupings[grouping];
  const stretches = stretchesOf(query, grouping === "hour");
  const inTime = grouping === "day" || grouping === "hour";
  const { rows } = await database.read((tables) =>
    sql<GroupedRow>`
      WITH cells AS (
        SELECT ${name} AS name, cell.* FROM statistics_cells AS cell
        WHERE dimension = ${dimension} AND (${sql.join(stretches.map(within), sql` OR `)})
      ), counts AS (
        SELECT name, measure, bucket, sum(count::bigint) AS count
        FROM cells, LATERAL (
          SELECT 'latencies' AS measure, * FROM jsonb_each_text(latencies)
          UNION ALL SELECT 'first_tokens', * FROM jsonb_each_text(first_tokens)
        ) AS each (measure, bucket, count)
        GROUP BY name, measure, bucket
      ), histograms AS (
        SELECT name,
          jsonb_object_agg(bucket, count) FILTER (WHERE measure = 'latencies') AS latencies,
          jsonb_object_agg(bucket, count) FILTER (WHERE measure = 'first_tokens') AS first_tokens
        FROM counts GROUP BY name
      )
      SELECT name, label, sums, latencies, first_tokens
      FROM (
        SELECT name,
          (array_agg(label ORDER BY start_ms DESC) FILTER (WHERE label IS NOT NULL))[1] AS label,
          ARRAY[${sql.join(sumColumns.map((column) => sql`sum(${sql.ref(column)})`))}] AS sums
        FROM cells GROUP BY name
      ) AS groups LEFT JOIN histograms USING (name)
      ORDER BY ${inTime ? sql`name` : sql`sums[1] DESC, name`}`.execute(tables),
  );
  return rows;
}

/** Cells of one span that begin at or after, and before. */
interface Stretch {
  readonly span: keyof typeof spanMs;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The hours that overlap the range: whole days as such, unless every hour is wanted, and the rest by the hour. */
function stretchesOf({ fromMs, toMs }: StatisticsQuery, byHour: boolean): readonly Stretch[] {
  const first = Math.floor(fromMs / spanMs.hour) * spanMs.hour;
  const end = Math.ceil(toMs / spanMs.hour) * spanMs.hour;
  const firstDay = Math.ceil(first / spanMs.day) * spanMs.day;
  const endDay = Math.floor(end / spanMs.day) * spanMs.day;
  if (byHour || firstDay >= endDay) return [{ span: "hour", fromMs: first, toMs: end }];
  return [
    { span: "hour", fromMs: first, toMs: firstDay },
    { span: "day", fromMs: firstDay, toMs: endDay },
    { span: "hour", fromMs: endDay, toMs: end },
  ];
}

function within({ span, fromMs, toMs }: Stretch) {
  return sql`(span = ${span} AND start_ms >= ${fromMs} AND start_ms < ${toMs})`;
}

function toRow(row: GroupedRow, groupBy: StatisticsQuery["groupBy"]): StatisticsRow {
  const group = row.name === noGroup && groupBy !== "day" && groupBy !== "hour" ? null : row.name;
  return { group, label: group === null ? null : (row.label ?? group), ...figures(row) };
}

function figures(row: GroupedRow | undefined): StatisticsFigures {
  return cellFigures({
    sums: [...(row?.sums ?? [])],
    latencies: toPairs(row?.latencies ?? {}),
    firstTokens: toPairs(row?.first_tokens ?? {}),
  });
}

function toPairs(counts: Readonly<Record<string, number>>): number[] {
  return Object.entries(counts)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .sort(([a], [b]) => a - b)
    .flat();
}
