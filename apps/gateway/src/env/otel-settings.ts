import { SettingError } from "./setting-error.js";

/** How OTLP is spoken. gRPC is not offered: it would be a second HTTP stack. */
export type OtlpProtocol = "http/protobuf" | "http/json";

/** What the SDK makes timers of, in milliseconds: Node's fire at once for more. What is no number it ignores by itself. */
const timers = [
  "OTEL_BSP_SCHEDULE_DELAY",
  "OTEL_BSP_EXPORT_TIMEOUT",
  "OTEL_EXPORTER_OTLP_TIMEOUT",
  "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
  "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT",
] as const;
const longestTimerMs = 2 ** 31 - 1;

const protocols: readonly OtlpProtocol[] = ["http/protobuf", "http/json"];

/** What OpenTelemetry's own SDK does not read from the environment by itself. */
export interface OtelSettings {
  readonly traces: OtlpProtocol | null;
  readonly metrics: OtlpProtocol | null;
  readonly metricIntervalMs: number;
}

type Read = (name: string) => string | null;

/** Null: nothing is exported, since no endpoint is set or the SDK is switched off. Throws a `SettingError`. */
export function parseOtelSettings(endpoint: string | null, read: Read): OtelSettings | null {
  if (endpoint === null || read("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return null;
  for (const name of timers) assertTimer(read, name);
  const common = parseProtocol(read, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
  return {
    traces: isExported(read, "OTEL_TRACES_EXPORTER")
      ? parseProtocol(read, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", common)
      : null,
    metrics: isExported(read, "OTEL_METRICS_EXPORTER")
      ? parseProtocol(read, "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", common)
      : null,
    metricIntervalMs: parseInterval(read, "OTEL_METRIC_EXPORT_INTERVAL"),
  };
}

function parseProtocol(read: Read, name: string, fallback: OtlpProtocol): OtlpProtocol {
  const text = read(name);
  if (text === null) return fallback;
  const protocol = protocols.find((candidate) => candidate === text.toLowerCase());
  if (protocol === undefined) throw new SettingError(name, text, `give one of ${protocols.join(", ")}`);
  return protocol;
}

function isExported(read: Read, name: string): boolean {
  const text = read(name);
  if (text !== null && text !== "otlp" && text !== "none") throw new SettingError(name, text, "give otlp or none");
  return text !== "none";
}

function parseInterval(read: Read, name: string): number {
  const text = read(name);
  if (text === null) return 60_000;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 100 && value <= longestTimerMs) return value;
  throw new SettingError(name, text, `give milliseconds, from 100 to ${longestTimerMs}`);
}

function assertTimer(read: Read, name: string): void {
  const text = read(name);
  if (text === null || !(Number(text) > longestTimerMs)) return;
  throw new SettingError(name, text, `give milliseconds, at most ${longestTimerMs}`);
}
