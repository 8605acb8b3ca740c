import type { OpenTelemetryOptions } from "./open-telemetry.js";
import type { Tracing } from "./tracing.js";

export interface TracingOptions extends Omit<OpenTelemetryOptions, "settings"> {
  /** Null: nothing is exported, and nothing of the SDK is loaded. */
  readonly settings: OpenTelemetryOptions["settings"] | null;
}

const off: Tracing = { startSpan: () => null, watchRequest: () => null, close: async () => {} };

export async function startTracing({ settings, ...options }: TracingOptions): Promise<Tracing> {
  if (settings === null) return off;
  const { openTelemetry } = await import("./open-telemetry.js");
  return openTelemetry({ ...options, settings });
}
