import type { Clock, Log, Randomness, RecordingMode, RequestRecord, Settings } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Stores } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import type { PoolSharing } from "../accounts/pool-sharing.js";
import type { ModelDirectory } from "../model-directory.js";
import type { Conversations } from "./conversations.js";
import type { InteractionIds } from "./interaction-ids.js";
import type { ResponseHistory } from "./response-history.js";

/** What serving requests needs; one set for the life of the provider. */
export interface ServeOptions {
  readonly stores: Stores;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly sharing: PoolSharing;
  readonly models: ModelDirectory;
  readonly conversations: Conversations;
  readonly interactionIds: InteractionIds;
  readonly responseHistory: ResponseHistory;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Hears of every request that has ended, once it is on record. */
  readonly onRecord: (record: RequestRecord) => void;
  /** The settings as they stand; read once per request. */
  readonly settings: () => Settings;
  /** What `Settings.recording` falls back to. */
  readonly recording: RecordingMode;
  /** While requests cannot be recorded: true serves them all the same, false refuses them. */
  readonly servesUnrecorded: boolean;
  /** Until when after its start a request may move on to another token. */
  readonly failoverDeadlineMs: number;
  readonly heartbeatMs: number;
  /** A longer non-streamed answer is an error. */
  readonly maxAnswerBytes: number;
}
