import type { RequestAttempt, RequestRecord } from "@copilot-llm/model";

/** Follows one request as it goes, for a trace. Called in the middle of it: must neither throw nor wait. */
export interface RequestWatch {
  /** A try on a token begins. */
  startAttempt(attempt: StartedAttempt): AttemptWatch;
  /** Nothing comes any more. The try that was answered last ends with it. */
  end(record: RequestRecord): void;
}

export interface StartedAttempt {
  readonly tokenId: string;
  /** As the upstream knows it. */
  readonly modelId: string;
}

export interface AttemptWatch {
  /** W3C trace context that goes along to the upstream; null: none does. */
  readonly traceparent: string | null;
  /** The upstream answered, or failed to. What it answered may still be under way. */
  answer(attempt: RequestAttempt): void;
}
