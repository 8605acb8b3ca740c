import type { Contender } from "../contenders/contender.js";
import { type Measurement, median, type ScenarioResults } from "../measure/measurement.js";
import type { Scenario } from "../scenarios.js";
import { judge, type Target, targets, treeCpu, type Verdict } from "./targets.js";

export interface ReportInput {
  readonly scenarios: readonly Scenario[];
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  readonly results: ReadonlyMap<string, ScenarioResults>;
}

const gatewayId = "gateway";
const otherId = "other-gateway";

/** Markdown: the targets with their verdicts, then each scenario's figures. */
export function renderReport(input: ReportInput): string {
  const landed = renderLanded(input);
  return [
    renderTargets(input),
    ...(landed === null ? [] : [landed]),
    ...input.scenarios.map((scenario) => renderScenario(input, scenario)),
  ].join("\n\n");
}

function renderTargets({ scenarios, contenders, results }: ReportInput): string {
  const measured = targets.filter(({ scenario }) => results.has(scenario));
  const rows = measured.map((target) => {
    const { value, isMet } = judge(target, results);
    const scenario = scenarios.find(({ id }) => id === target.scenario)?.title ?? target.scenario;
    const figure =
      target.against === null ? target.title : `${target.title} against ${titleOf(contenders, target.against)}`;
    return [scenario, figure, boundText(target), valueText(target, value), verdictText({ target, value, isMet })];
  });
  return table(["scenario", "figure", "target", "measured", ""], rows);
}

/** Each scenario beside the build that it is compared with; null without one. */
function renderLanded({ scenarios, results }: ReportInput): string | null {
  const rows = scenarios.flatMap(({ id, title }) => {
    const own = results.get(id)?.get(gatewayId) ?? [];
    const others = results.get(id)?.get(otherId) ?? [];
    if (own.length === 0 || others.length === 0) return [];
    const ratioOf = (figure: (measurement: Measurement) => number): string =>
      number(median(own.map((measured, round) => figure(measured) / figure(others[round] ?? measured))), 2);
    const firstByte = [ratioOf(({ firstByteMs }) => firstByteMs.p50), ratioOf(({ firstByteMs }) => firstByteMs.p99)];
    return [[title, ratioOf(treeCpu), ratioOf(({ requestsPerSecond }) => requestsPerSecond), firstByte.join(" / ")]];
  });
  if (rows.length === 0) return null;
  return `**This build to the other**\n\n${table(["scenario", "CPU", "req/s", "first byte p50 / p99"], rows)}`;
}

function renderScenario({ contenders, results }: ReportInput, { id, title, isFresh }: Scenario): string {
  const measured = results.get(id) ?? new Map<string, readonly Measurement[]>();
  const own = measured.get(gatewayId) ?? [];
  const rows = contenders.flatMap((contender) => {
    const rounds = measured.get(contender.id);
    if (rounds === undefined) return [];
    const of = (figure: (measurement: Measurement) => number, digits: number): string =>
      number(median(rounds.map(figure)), digits);
    const ratios = own.flatMap((gateway, round) => {
      const other = rounds[round];
      return other === undefined ? [] : [treeCpu(gateway) / treeCpu(other)];
    });
    return [
      [
        contender.id === gatewayId ? `**${contender.title}**` : contender.title,
        of(({ requestsPerSecond }) => requestsPerSecond, 0),
        of(treeCpu, 3),
        contender.id === gatewayId ? "" : number(median(ratios), 2),
        `${of(({ firstByteMs }) => firstByteMs.p50, 2)} / ${of(({ firstByteMs }) => firstByteMs.p99, 1)}`,
        ...(isFresh ? [of(({ kilobytesPerStream }) => kilobytesPerStream ?? Number.NaN, 0)] : []),
      ],
    ];
  });
  const memory = isFresh ? ["kB/stream"] : [];
  return `**${title}**\n\n${table(["contender", "req/s", "CPU s/1k", "gateway's CPU to it", "first byte p50 / p99 ms", ...memory], rows)}`;
}

function titleOf(contenders: readonly Contender[], id: string): string {
  return contenders.find((contender) => contender.id === id)?.title ?? id;
}

function boundText({ bound, unit }: Target): string {
  return "atMost" in bound ? `<= ${bound.atMost} ${unit}` : `>= ${bound.atLeast} ${unit}`;
}

function valueText({ unit }: Target, value: number | null): string {
  return value === null ? "" : `${number(value, 2)} ${unit}`;
}

function verdictText({ value, isMet }: Verdict): string {
  if (value === null) return "not measured";
  return isMet ? "met" : "**missed**";
}

function number(value: number, digits: number): string {
  return Number.isNaN(value) ? "" : value.toFixed(digits);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
