import { type RoutingStrategy, routingStrategies } from "@copilot-llm/model";
import { type MonthResult, type Scenario, simulateMonth } from "./simulate-month.js";

interface Case extends Omit<Scenario, "seed" | "strategy"> {
  readonly title: string;
  readonly strategies: readonly RoutingStrategy[];
}

export interface ReportRow {
  readonly title: string;
  readonly strategy: RoutingStrategy;
  readonly result: MonthResult;
}

const seed = 1;

const demands = [0.6, 1, 1.4];
/** Smaller, so that all of them take no longer than the first few. */
const scale = 0.5;

const cases: readonly Case[] = [
  {
    title: "103% of the quotas, all reset together",
    demand: 1.03,
    resets: "together",
    quotas: "own",
    strategies: routingStrategies,
  },
  { title: "10% of the quotas", demand: 0.1, resets: "together", quotas: "own", strategies: ["round_robin"] },
  ...demands.map((demand): Case => {
    const title = `${percent(demand, 0)}, each quota resets on its own day`;
    return { title, demand, scale, resets: "apart", quotas: "own", strategies: routingStrategies };
  }),
  ...demands.map((demand): Case => {
    const title = `${percent(demand, 0)}, shared quotas, each resets on its own day`;
    return { title, demand, scale, resets: "apart", quotas: "shared", strategies: routingStrategies };
  }),
  ...demands.map((demand): Case => {
    const title = `${percent(demand, 0)}, shared quotas, all reset together`;
    return { title, demand, scale, resets: "together", quotas: "shared", strategies: ["round_robin", "least_waste"] };
  }),
];

/** Runs every case of the table in docs/pool.md. The same rows every time. */
export async function simulateAll(): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const { title, strategies, ...scenario } of cases) {
    for (const strategy of strategies) {
      rows.push({ title, strategy, result: await simulateMonth({ ...scenario, seed, strategy }) });
    }
  }
  return rows;
}

const columns: readonly (readonly [head: string, cell: (row: ReportRow) => string])[] = [
  ["users ask for", ({ title }) => title],
  ["strategy", ({ strategy }) => `\`${strategy}\``],
  ["requests", ({ result }) => count(result.requests)],
  ["refusals met on the way", ({ result }) => count(result.refusals)],
  ["served while any token could", ({ result }) => percent(servedShare(result), 3)],
  ["quota left at reset", ({ result }) => percent(result.quotaLeftShare, 2)],
  ["the oracle's", ({ result }) => percent(result.leastPossibleShare, 2)],
  ["its forecast missed by", ({ result }) => percent(result.forecastError, 1)],
  ["quotas overdrawn", ({ result }) => count(result.overdrawn)],
  ["load apart by", ({ result }) => percent(result.loadSpread, 1)],
  ["later turns on the same token", ({ result }) => percent(result.keptTokenShare, 1)],
];

/** Of the requests that some account would have taken, those that were served. */
export function servedShare({ served, missed }: MonthResult): number {
  return served / (served + missed);
}

const begin = "<!-- simulation: begin -->";
const end = "<!-- simulation: end -->";

/** The document with its table replaced. Throws when the marks around the table are missing. */
export function replaceTable(document: string, rows: readonly ReportRow[]): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document lacks the marks ${begin} and ${end}.`);
  return `${document.slice(0, from + begin.length)}\n${encodeTable(rows)}\n${document.slice(to)}`;
}

function encodeTable(rows: readonly ReportRow[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(([head]) => head)),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
  ].join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function percent(share: number, decimals: number): string {
  return `${(share * 100).toFixed(decimals)}%`;
}
