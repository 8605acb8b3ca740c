import type { Log } from "@copilot-llm/model";
import { type DestinationStream, pino, stdSerializers } from "pino";
import type { LogLevel } from "./env/gateway-settings.js";

const msPerMinute = 60_000;

/** The time as pino puts it into a line. All but the seconds is written once a minute. */
export function createTimestamp(nowMs: () => number = Date.now): () => string {
  let minute = Number.NaN;
  let written = "";
  return () => {
    const atMs = nowMs();
    const atMinute = Math.floor(atMs / msPerMinute);
    if (atMinute !== minute) {
      minute = atMinute;
      written = `,"time":"${new Date(atMinute * msPerMinute).toISOString().slice(0, -"00.000Z".length)}`;
    }
    const ms = atMs - atMinute * msPerMinute;
    const second = Math.floor(ms / 1_000);
    return `${written}${pad(second, 2)}.${pad(ms - second * 1_000, 3)}Z"`;
  };
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}

/** JSON lines; an `error` field is written with its stack and causes. */
export function createLog(level: LogLevel, destination: DestinationStream): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: createTimestamp(),
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.errWithCause },
    },
    destination,
  );
  return {
    debug: (message, fields) => logger.debug(fields, message),
    info: (message, fields) => logger.info(fields, message),
    warn: (message, fields) => logger.warn(fields, message),
    error: (message, fields) => logger.error(fields, message),
  };
}
