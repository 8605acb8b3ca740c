import { inspect } from "node:util";
import type { Log } from "@copilot-llm/model";

export interface RecordingLog extends Log {
  /** Everything logged, one line each, with all fields shown. */
  lines(): readonly string[];
}

export function createRecordingLog(): RecordingLog {
  const lines: string[] = [];
  const record = (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    lines.push(
      `${message} ${inspect(fields, { depth: null, showHidden: true, breakLength: Number.POSITIVE_INFINITY })}`,
    );
  };
  return { lines: () => lines, debug: record, info: record, warn: record, error: record };
}
