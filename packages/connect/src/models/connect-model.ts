import type { Wire } from "@copilot-llm/model";

/** What must be known of a model to point a client at it. */
export interface ConnectModel {
  readonly id: string;
  readonly name: string;
  /** Conversation wires that it speaks itself; the gateway translates the others. */
  readonly wires: readonly Wire[];
  readonly callsTools: boolean;
  readonly seesImages: boolean;
  /** Premium requests a turn, or output credits per million tokens where there is no multiplier; null: not known. */
  readonly cost: ModelCost | null;
  readonly contextTokens: number | null;
  readonly outputTokens: number | null;
}

/** Compared by `multiplier` first. */
export interface ModelCost {
  readonly multiplier: number;
  readonly outputCredits: number;
}
