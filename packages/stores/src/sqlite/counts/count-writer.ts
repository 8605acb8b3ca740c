import { dayStartMs, monthStartMs } from "@copilot-llm/model";
import { roundUnits } from "../../budget/charge-sum.js";
import type { CellSpan } from "../../statistics/cell-place.js";
import { type StatisticsCell, sumNames } from "../../statistics/statistics-cell.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { encodeHistogram, mergeHistograms } from "./histogram-blob.js";
import type { CountedTogether, NamedGroup, PendingCounts } from "./pending-counts.js";
import type { PlacedCell } from "./place-cells.js";

/** The sums of a cell as columns, in the order in which cells keep them. */
export const sumColumns = sumNames.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const cellColumns = ["dimension", "span", "start_ms", "group_id", "split_id", "label", "split_label", ...sumColumns];

/** Premium units without the crumbs of binary fractions. Whole numbers are exact up to 2^63. */
function addColumn(column: string): string {
  const sum = `known.${column} + excluded.${column}`;
  return `${column} = ${column.endsWith("premium_units") ? `round(${sum}, 6)` : sum}`;
}

const addCell = `
  INSERT INTO statistics_cells AS known (${cellColumns.join(", ")}, latencies, first_tokens, output_rates)
  VALUES (${cellColumns.map(() => "?").join(", ")}, ?, ?, ?)
  ON CONFLICT (dimension, span, start_ms, group_id, split_id) DO UPDATE SET
    label = coalesce(excluded.label, known.label),
    split_label = coalesce(excluded.split_label, known.split_label),
    ${sumColumns.map(addColumn).join(", ")},
    latencies = merge_histograms(known.latencies, excluded.latencies),
    first_tokens = merge_histograms(known.first_tokens, excluded.first_tokens),
    output_rates = CASE WHEN length(excluded.output_rates) = 1 THEN known.output_rates
      ELSE merge_histograms(known.output_rates, excluded.output_rates) END`;

const usageSums = `${["requests", "premium_units", "nano_aiu"].map(addColumn).join(", ")},
    last_used_at_ms = max(known.last_used_at_ms, excluded.last_used_at_ms)`;

const addKeyUsage = `
  INSERT INTO key_usage AS known
    (period, key_id, start_ms, requests, premium_units, nano_aiu, tokens, last_used_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (period, key_id, start_ms) DO UPDATE SET ${addColumn("tokens")}, ${usageSums}`;

const addTokenUsage = `
  INSERT INTO token_usage AS known (token_id, requests, premium_units, nano_aiu, last_used_at_ms)
  VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (token_id) DO UPDATE SET ${usageSums}`;

const addStretch = `
  INSERT INTO record_spans AS known (first_position, first_ms, last_ms)
  VALUES (?, ?, ?)
  ON CONFLICT (first_position) DO UPDATE SET
    first_ms = min(known.first_ms, excluded.first_ms), last_ms = max(known.last_ms, excluded.last_ms)`;

/** Brings what is pending into the tables of usage and statistics. */
export class CountWriter {
  readonly #addCell: SqlStatement;
  readonly #addKeyUsage: SqlStatement;
  readonly #addTokenUsage: SqlStatement;
  readonly #addStretch: SqlStatement;

  constructor(database: SqlDatabase) {
    database.defineBlobFunction("merge_histograms", mergeHistograms);
    this.#addCell = database.prepare(addCell);
    this.#addKeyUsage = database.prepare(addKeyUsage);
    this.#addTokenUsage = database.prepare(addTokenUsage);
    this.#addStretch = database.prepare(addStretch);
  }

  /** Within the transaction that is open. */
  writeCells(cells: Iterable<PlacedCell>): void {
    for (const { group, span, startMs, cell } of cells) this.#writeCell(group, span, startMs, cell);
  }

  /** Besides cells, within the transaction that is open. */
  writeUsage(pending: PendingCounts): void {
    const { together } = pending;
    this.#writeKeyUsage(together);
    this.#writeTokenUsage(together);
    for (const [firstPosition, { firstMs, lastMs }] of pending.stretches) {
      this.#addStretch.run(firstPosition, firstMs, lastMs);
    }
  }

  #writeCell({ dimension, group, split }: NamedGroup, span: CellSpan, startMs: number, cell: StatisticsCell): void {
    this.#addCell.run(
      dimension,
      span,
      startMs,
      group.group,
      split.group,
      group.label,
      split.label,
      ...withWholeUnits(withWholeUnits(cell.sums, unitsIndex), batchUnitsIndex),
      encodeHistogram(cell.latencies),
      encodeHistogram(cell.firstTokens),
      encodeHistogram(cell.outputRates),
    );
  }

  #writeKeyUsage(together: readonly CountedTogether[]): void {
    for (const [keyId, days] of sumKeyDays(together)) {
      for (const [startMs, { charges, lastUsedAtMs }] of days) {
        const add = (period: string, periodMs: number) =>
          this.#addKeyUsage.run(period, keyId, periodMs, ...withWholeUnits(charges, 1), lastUsedAtMs);
        add("lifetime", 0);
        add("day", startMs);
        add("month", monthStartMs(startMs));
      }
    }
  }

  #writeTokenUsage(together: readonly CountedTogether[]): void {
    for (const [tokenId, { requests, premiumUnits, nanoAiu, lastUsedAtMs }] of sumTokens(together)) {
      this.#addTokenUsage.run(tokenId, requests, roundUnits(premiumUnits), nanoAiu, lastUsedAtMs);
    }
  }
}

interface TokenSum {
  requests: number;
  premiumUnits: number;
  nanoAiu: number;
  lastUsedAtMs: number;
}

/** What was served with each token. */
function sumTokens(together: readonly CountedTogether[]): ReadonlyMap<string, TokenSum> {
  const sums = new Map<string, TokenSum>();
  for (const { tokenId, times } of together) {
    if (tokenId === null) continue;
    const sum = sums.get(tokenId) ?? { requests: 0, premiumUnits: 0, nanoAiu: 0, lastUsedAtMs: 0 };
    sums.set(tokenId, sum);
    for (const { sums: own, lastStartedAtMs } of times.values()) {
      sum.requests += own[0] ?? 0;
      sum.premiumUnits += own[unitsIndex] ?? 0;
      sum.nanoAiu += own[unitsIndex + 1] ?? 0;
      sum.lastUsedAtMs = Math.max(sum.lastUsedAtMs, lastStartedAtMs);
    }
  }
  return sums;
}

interface KeyDay {
  readonly charges: number[];
  lastUsedAtMs: number;
}

/** What each key was charged on each day, by when that begins. */
function sumKeyDays(together: readonly CountedTogether[]): ReadonlyMap<string, ReadonlyMap<number, KeyDay>> {
  const keys = new Map<string, Map<number, KeyDay>>();
  for (const { keyId, times } of together) {
    if (keyId === null) continue;
    const days = keys.get(keyId) ?? new Map<number, KeyDay>();
    keys.set(keyId, days);
    for (const [atMs, { charges, lastStartedAtMs }] of times) {
      const startMs = dayStartMs(atMs);
      const day = days.get(startMs);
      if (day === undefined) days.set(startMs, { charges: charges.slice(), lastUsedAtMs: lastStartedAtMs });
      else {
        for (const [index, value] of charges.entries()) day.charges[index] = (day.charges[index] ?? 0) + value;
        day.lastUsedAtMs = Math.max(day.lastUsedAtMs, lastStartedAtMs);
      }
    }
  }
  return keys;
}

const unitsIndex = sumNames.indexOf("premiumUnits");
const batchUnitsIndex = sumNames.indexOf("batchPremiumUnits");

/** Without the crumbs of binary fractions. */
function withWholeUnits(values: readonly number[], index: number): number[] {
  return values.with(index, roundUnits(values[index] ?? 0));
}
