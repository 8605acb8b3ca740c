import type { CommandContext } from "./command-context.js";

/** How far a long command is. On a terminal one line is drawn over; elsewhere nothing is said. */
export interface Progress {
  /** `total` null: not known. */
  show(done: number, total: number | null): void;
  end(): void;
}

const barWidth = 24;
const redrawMs = 100;

/** `format` makes a figure readable: bytes, records, … */
export function createProgress(
  { isTerminal, report, clock }: Pick<CommandContext, "isTerminal" | "report" | "clock">,
  label: string,
  format: (amount: number) => string,
): Progress {
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    show(done, total) {
      const isComplete = total !== null && done >= total;
      if (!isTerminal || (!isComplete && clock.nowMs() - drawnAtMs < redrawMs)) return;
      drawnAtMs = clock.nowMs();
      isDrawn = true;
      report(`\r\u001b[K${label} ${total === null ? format(done) : `${createBar(done / total)} ${format(done)}`}`);
    },
    end() {
      if (isDrawn) report("\r\u001b[K");
    },
  };
}

/** `[####....] 50 %` */
function createBar(part: number): string {
  const share = Math.min(1, Math.max(0, part));
  const filled = Math.round(share * barWidth);
  return `[${"#".repeat(filled)}${".".repeat(barWidth - filled)}] ${Math.round(share * 100)} %`;
}

/** `1.5 MiB` */
export function encodeBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${units[power]}`;
}
