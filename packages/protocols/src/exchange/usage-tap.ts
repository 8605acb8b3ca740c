import type { GatewayError, ReportedUsage, UpstreamErrorInfo } from "@copilot-llm/model";
/** What one chunk brought. The tap hands out the same object at every push: read it before the next one. */
export interface TapSignal {
  /** The first byte of content, reasoning or a tool call came with this chunk. */
  readonly firstToken: boolean;
  /** The event that ends the stream came with this chunk: `[DONE]`, `message_stop`, `response.completed`, an error. */
  readonly terminal: boolean;
  /** With `terminal`: where in the chunk that event begins; 0 when it began in an earlier chunk. */
  readonly terminalStart: number;
  /** How many of the chunk's bytes belong to events that are complete now; what follows begins an unfinished event. */
  readonly completeBytes: number;
}

export interface TapResult {
  readonly usage: ReportedUsage;
  /**
   * Roughly how many tokens the streamed answer holds so far, from the size of its events; for answers whose usage the
   * upstream does not tell (Chat without `stream_options.include_usage`), or not any more (cut short). 0 for whole answers.
   */
  readonly estimatedOutputTokens: number;
  /** The answer came to its end: a terminal event, or for Chat at least a finish reason. */
  readonly terminal: boolean;
  /** The error that the upstream told inside the body. */
  readonly errorSeen: UpstreamErrorInfo | null;
}

/** Reads an answer along its way without changing it. One tap per answer. */
export interface UsageTap {
  push(chunk: Uint8Array): TapSignal;
  /** After the last chunk. */
  finish(): TapResult;
}

/** The tap of a streamed answer. */
export interface StreamTap extends UsageTap {
  /** True when the chunk is nothing but whole events that tell no more than those before them. Takes nothing in. */
  isKnown(chunk: Uint8Array): boolean;
  /** True while the client, had it got every byte so far, would wait for the rest of an event. */
  readonly midEvent: boolean;
  /** The bytes that end a broken stream in its own form; fits what was seen so far. */
  closing(error: GatewayError, requestId: string): Uint8Array;
}
