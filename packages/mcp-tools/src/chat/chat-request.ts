import type { ReportedUsage } from "@copilot-llm/model";

export interface ChatImage {
  /** `image/png` and the like. */
  readonly mediaType: string;
  readonly base64: string;
}

export interface ChatTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly images: readonly ChatImage[];
}

/** One question to a model, with what was said before it. Null: the model's own default. */
export interface ChatRequest {
  /** Any name that the catalogue or an alias knows. */
  readonly model: string;
  readonly system: string | null;
  /** Ends with a user turn. */
  readonly turns: readonly ChatTurn[];
  readonly temperature: number | null;
  readonly maxTokens: number | null;
}

export const finishReasons = ["stop", "length", "content_filter", "other"] as const;

export type FinishReason = (typeof finishReasons)[number];

export interface ChatAnswer {
  /** The id of the model that answered. */
  readonly model: string;
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly usage: ReportedUsage;
  /** Under which the request is on record; null where there is no record. */
  readonly requestId: string | null;
}
