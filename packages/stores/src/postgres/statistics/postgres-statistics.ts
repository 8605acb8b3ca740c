import type { Clock } from "@copilot-llm/model";
import { type RawBuilder, sql } from "kysely";
import type {
  CountsQuery,
  GroupCount,
  Statistics,
  StatisticsBucket,
  StatisticsDimension,
  StatisticsFigures,
  StatisticsRow,
} from "../../interfaces/statistics.js";
import { sortRows } from "../../statistics/build-report.js";
import { noGroup } from "../../statistics/cell-place.js";
import { GroupCounts } from "../../statistics/group-counts.js";
import { type KeptCells, planRows, planTotals, type ReportPlan, type Stretch } from "../../statistics/plan-report.js";
import { cellFigures } from "../../statistics/statistics-cell.js";
import type { Database } from "../connection/database.js";
import { keptSpans, sumColumns } from "./add-to-statistics.js";

interface GroupedRow {
  readonly time: string | null;
  readonly group_id: string;
  readonly split_id: string;
  readonly label: string | null;
  readonly split_label: string | null;
  readonly sums: readonly number[];
  readonly latencies: Readonly<Record<string, number>> | null;
  readonly first_tokens: Readonly<Record<string, number>> | null;
  readonly output_rates: Readonly<Record<string, number>> | null;
}

function keptAt(clock: Clock): KeptCells {
  return { spans: keptSpans, hourlyFromMs: Number.NEGATIVE_INFINITY, nowMs: clock.nowMs() };
}

/** Sums of the cells that make up the range. */
export function createStatistics(database: Database, clock: Clock): Statistics {
  return {
    async report(query) {
      const kept = keptAt(clock);
      const plan = planRows(query, kept);
      const [totals, rows] = await Promise.all(
        [planTotals(query, kept), plan].map((part) => sumCells(database, part, query.withOutputRates === true)),
      );
      const isTimeFirst = plan.bucket === query.groupBy;
      const timePart = plan.bucket === null ? "none" : isTimeFirst ? "group" : "split";
      return {
        totals: figures(totals?.[0]),
        rows: sortRows(
          (rows ?? []).map((row) => toRow(row, plan, isTimeFirst)),
          timePart,
        ),
      };
    },
    count: (query) => countGroups(database, query, keptAt(clock)),
  };
}

interface CountedRow {
  readonly dimension: StatisticsDimension;
  readonly group_id: string;
  readonly requests: number;
}

async function countGroups(
  database: Database,
  { fromMs, toMs, dimensions }: CountsQuery,
  kept: KeptCells,
): Promise<readonly GroupCount[]> {
  const parts = dimensions.flatMap((dimension) =>
    planRows({ fromMs, toMs, groupBy: dimension }, kept).stretches.map(
      (stretch) => sql`(dimension = ${dimension} AND ${within(stretch)})`,
    ),
  );
  if (parts.length === 0) return [];
  const { rows } = await database.read((tables) =>
    sql<CountedRow>`
      SELECT dimension, group_id, sum(requests) AS requests FROM statistics_cells
      WHERE ${sql.join(parts, sql` OR `)} GROUP BY dimension, group_id`.execute(tables),
  );
  return dimensions.flatMap((dimension) => {
    const groups = new GroupCounts(dimension);
    for (const row of rows) if (row.dimension === dimension) groups.add(row.group_id, row.requests);
    return groups.list();
  });
}

/** The date of a moment at which a cell counts, on the clocks of a zone. */
const momentIn = (timeZone: string, datedAfterMs: number) =>
  sql`to_timestamp((start_ms + ${datedAfterMs}::bigint) / 1000) AT TIME ZONE ${timeZone}::text`;

const timeNames = (moment: RawBuilder<unknown>) =>
  ({
    "5m": sql`to_char(${moment}, 'YYYY-MM-DD"T"HH24:MI:00.000"Z"')`,
    hour: sql`to_char(${moment}, 'YYYY-MM-DD"T"HH24:00:00.000"Z"')`,
    day: sql`to_char(${moment}, 'YYYY-MM-DD')`,
    week: sql`to_char(date_trunc('week', ${moment}), 'YYYY-MM-DD')`,
    month: sql`to_char(${moment}, 'YYYY-MM')`,
  }) as const satisfies Record<StatisticsBucket, unknown>;

async function sumCells(
  database: Database,
  { dimension, bucket, timeZone, stretches }: ReportPlan,
  withOutputRates: boolean,
): Promise<readonly GroupedRow[]> {
  if (stretches.length === 0) return [];
  const cells = stretches.map((stretch) => {
    const moment = momentIn(timeZone ?? "UTC", stretch.datedAfterMs);
    const time = bucket === null ? sql`''` : timeNames(moment)[bucket];
    return sql`SELECT ${time} AS time, ${stretch.sign}::integer AS sign, cell.* FROM statistics_cells AS cell
      WHERE dimension = ${dimension} AND ${within(stretch)}`;
  });
  const { rows } = await database.read((tables) =>
    sql<GroupedRow>`
      WITH cells AS (
        ${sql.join(cells, sql` UNION ALL `)}
      ), counts AS (
        SELECT time, group_id, split_id, measure, bucket, sum(sign * count::bigint) AS count
        FROM cells, LATERAL (
          SELECT 'latencies' AS measure, * FROM jsonb_each_text(latencies)
          UNION ALL SELECT 'first_tokens', * FROM jsonb_each_text(first_tokens)
          UNION ALL SELECT 'output_rates', * FROM jsonb_each_text(${withOutputRates ? sql`output_rates` : sql`NULL::jsonb`})
        ) AS each (measure, bucket, count)
        GROUP BY time, group_id, split_id, measure, bucket HAVING sum(sign * count::bigint) > 0
      ), histograms AS (
        SELECT time, group_id, split_id,
          jsonb_object_agg(bucket, count) FILTER (WHERE measure = 'latencies') AS latencies,
          jsonb_object_agg(bucket, count) FILTER (WHERE measure = 'first_tokens') AS first_tokens,
          jsonb_object_agg(bucket, count) FILTER (WHERE measure = 'output_rates') AS output_rates
        FROM counts GROUP BY time, group_id, split_id
      )
      SELECT time, group_id, split_id, label, split_label, sums, latencies, first_tokens, output_rates
      FROM (
        SELECT time, group_id, split_id,
          (array_agg(label ORDER BY start_ms DESC) FILTER (WHERE label IS NOT NULL))[1] AS label,
          (array_agg(split_label ORDER BY start_ms DESC) FILTER (WHERE split_label IS NOT NULL))[1] AS split_label,
          ARRAY[${sql.join(sumColumns.map((column) => sql`sum(sign * ${sql.ref(column)})`))}] AS sums
        FROM cells GROUP BY time, group_id, split_id HAVING sum(sign * requests) > 0
      ) AS groups LEFT JOIN histograms USING (time, group_id, split_id)`.execute(tables),
  );
  return rows;
}

function within({ span, fromMs, toMs }: Stretch) {
  return sql`(span = ${span} AND start_ms >= ${fromMs} AND start_ms < ${toMs})`;
}

interface RowPart {
  readonly name: string | null;
  readonly label: string | null;
}

const noPart: RowPart = { name: null, label: null };

function toRow(row: GroupedRow, { dimension, bucket, isTurned }: ReportPlan, isTimeFirst: boolean): StatisticsRow {
  const first = dimension === "total" ? noPart : toPart(row.group_id, row.label);
  const second = dimension.includes(" ") ? toPart(row.split_id, row.split_label) : noPart;
  const time = bucket === null ? noPart : { name: row.time, label: null };
  const [group, split] = bucket === null ? turn(first, second, isTurned) : turn(first, time, isTimeFirst);
  return {
    group: group.name,
    label: group.label ?? group.name,
    split: split.name,
    splitLabel: split.label ?? split.name,
    ...figures(row),
  };
}

function turn(first: RowPart, second: RowPart, isTurned: boolean): readonly [RowPart, RowPart] {
  return isTurned ? [second, first] : [first, second];
}

function toPart(name: string, label: string | null): RowPart {
  return name === noGroup ? noPart : { name, label };
}

function figures(row: GroupedRow | undefined): StatisticsFigures {
  return cellFigures({
    sums: [...(row?.sums ?? [])],
    latencies: toPairs(row?.latencies ?? {}),
    firstTokens: toPairs(row?.first_tokens ?? {}),
    outputRates: toPairs(row?.output_rates ?? {}),
  });
}

function toPairs(counts: Readonly<Record<string, number>>): number[] {
  return Object.entries(counts)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .sort(([a], [b]) => a - b)
    .flat();
}
