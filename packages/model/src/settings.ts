import type { RecordingMode } from "./api-key.js";

export type RoutingStrategy = "round_robin" | "most_remaining" | "fill_first";

/** What an admin may change while the gateway runs. Null: the start-up setting holds. */
export interface Settings {
  readonly routingStrategy: RoutingStrategy;
  /** What a client may ask for -> the model id that serves it. */
  readonly modelAliases: Readonly<Record<string, string>>;
  readonly recording: RecordingMode | null;
  readonly recordingRetentionDays: number | null;
}

export const defaultSettings: Settings = {
  routingStrategy: "round_robin",
  modelAliases: {},
  recording: null,
  recordingRetentionDays: null,
};
