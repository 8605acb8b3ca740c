/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
}

/** Takes figures as they are measured. */
export type Report = (what: string, figure: number, unit: string) => void;

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export async function time<Result>(report: Report, what: string, run: () => Promise<Result>): Promise<Result> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const result = await run();
  report(what, performance.now() - startedMs, "ms");
  const { user, system } = process.cpuUsage(before);
  report(`${what}: CPU`, (user + system) / 1000, "ms");
  return result;
}
