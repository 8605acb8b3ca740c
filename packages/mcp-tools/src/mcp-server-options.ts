import type { Clock, Log, Randomness } from "@copilot-llm/model";

export interface McpServerOptions {
  readonly version: string;
  /** For chats that name no model; null: chosen from the catalogue. */
  readonly defaultModel: string | null;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}
