import type { ReportedUsage } from "@copilot-llm/model";
import type { AssistantPart } from "./part.js";

/** Why an answer ended, in words that every wire's own reason maps to. */
export const finishReasons = ["stop", "length", "tool-calls", "content-filter", "refusal", "pause", "other"] as const;

export type UnifiedFinishReason = (typeof finishReasons)[number];

export interface FinishReason {
  readonly unified: UnifiedFinishReason;
  /** The upstream's own word; null when it gave none. */
  readonly raw: string | null;
  /** The stop sequence that ended the text, where the upstream tells. */
  readonly stopSequence: string | null;
}

/** What identifies an answer. Ids are the upstream's own; clients get ids of their protocol's form. */
export interface ResponseMetadata {
  readonly id: string | null;
  readonly model: string | null;
  readonly createdAtSeconds: number | null;
}

/** A whole answer that belongs to no wire. */
export interface CanonicalResponse {
  readonly metadata: ResponseMetadata;
  readonly content: readonly AssistantPart[];
  readonly finish: FinishReason;
  readonly usage: ReportedUsage;
}
