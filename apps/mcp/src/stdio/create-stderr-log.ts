import type { Log } from "@copilot-llm/model";

/** The quietest last. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

export type LogLevel = (typeof logLevels)[number];

/** JSON lines through `write`, which must not go to stdout: that belongs to the protocol. */
export function createStderrLog(level: LogLevel, write: (line: string) => void): Log {
  const threshold = logLevels.indexOf(level);
  const at = (own: Exclude<LogLevel, "silent">) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    if (logLevels.indexOf(own) < threshold) return;
    const line = { level: own, time: new Date().toISOString(), msg: message, ...fields };
    write(`${JSON.stringify(line, encodeValue)}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function encodeValue(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { message: value.message, stack: value.stack, ...(value.cause === undefined ? {} : { cause: value.cause }) };
}
