import { type KeyLimits, noLimits, type RecordingMode } from "./api-key.js";

/** In what order tokens serve: docs/pool.md. */
export const routingStrategies = ["round_robin", "most_remaining", "fill_first", "least_waste"] as const;

export type RoutingStrategy = (typeof routingStrategies)[number];

/** What a new managed key gets where its maker says nothing. */
export interface KeyDefaults {
  readonly allowedModels: readonly string[] | null;
  readonly limits: KeyLimits;
  readonly recording: RecordingMode | null;
}

/** How batches are run: docs/quota.md#batches. */
export interface BatchSettings {
  /** False: none is taken in, and none runs. */
  readonly enabled: boolean;
  /** Items under way at once, of all batches and on all gateways. */
  readonly maxInPool: number;
  /** Items under way at once on one token. */
  readonly maxPerToken: number;
  /** Hours of the day, UTC, in which no item begins; 0 to 23. */
  readonly quietHours: readonly number[];
}

/** What an admin may change while the gateway runs. Null: the start-up setting holds. */
export interface Settings {
  readonly routingStrategy: RoutingStrategy;
  /** What a client may ask for -> the model id that serves it. */
  readonly modelAliases: Readonly<Record<string, string>>;
  /** A model's id -> the ids to serve in its stead, in order, when no token can serve it. Empty: never another model. */
  readonly modelFallbacks: Readonly<Record<string, readonly string[]>>;
  readonly keyDefaults: KeyDefaults;
  readonly recording: RecordingMode | null;
  readonly recordingRetentionDays: number | null;
  /** False: the single key of the start-up settings opens nothing. */
  readonly legacyKeyEnabled: boolean;
  /** False: viewers of the console see what requests cost and how they went, and nothing of what was said. */
  readonly viewersSeePrompts: boolean;
  /** True: whoever holds a key sees the conversations recorded of it. */
  readonly holdersSeeSessions: boolean;
  readonly batches: BatchSettings;
}

export const defaultSettings: Settings = {
  routingStrategy: "round_robin",
  modelAliases: {},
  modelFallbacks: {},
  keyDefaults: {
    allowedModels: null,
    limits: noLimits,
    recording: null,
  },
  recording: null,
  recordingRetentionDays: null,
  legacyKeyEnabled: true,
  viewersSeePrompts: true,
  holdersSeeSessions: false,
  batches: { enabled: false, maxInPool: 2, maxPerToken: 1, quietHours: [] },
};
