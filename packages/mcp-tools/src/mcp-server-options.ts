import type { Clock, Log, Randomness } from "@copilot-llm/model";

export interface McpServerOptions {
  readonly version: string;
  /** For chats that name no model; null: chosen from the catalogue. */
  readonly defaultModel: string | null;
  /** How much of its conversations one client may have kept in memory: text and base64 of images. */
  readonly maxConversationCharacters: number;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}
