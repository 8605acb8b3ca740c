import { parseWhole } from "./parse-values.js";

/**
 * How many processes are wished for. No setting that is documented: one serves, whatever is asked for
 * (docs/performance.md), and whoever asks for more is told.
 */
export function parseWorkers(read: (name: string) => string | null): number {
  return parseWhole("WORKERS", read("WORKERS"), 1, 1, 1_024);
}
