import type { Initiator, JsonObject } from "@copilot-llm/model";

/** What the gateway must know of a request to route, bill and pass it on. */
export interface RequestPeek extends ConversationPeek {
  /** The body as it came. */
  readonly bytes: Uint8Array;
  /** The body as parsed; of a repeated key the last value. */
  readonly body: JsonObject;
  /** The model as asked for, in the client's spelling. */
  readonly model: string;
  /** No second key in the bytes can be taken for `model` by any reader; false where that takes a closer look. */
  readonly hasPlainModel: boolean;
  readonly stream: boolean;
}

/** What one protocol's walk over a conversation finds. */
export interface ConversationPeek {
  readonly initiator: Initiator;
  /** An image stands anywhere in the history, tool results included. */
  readonly hasImages: boolean;
  /** 32 hex digits that stay the same over the turns of one conversation. */
  readonly conversationFingerprint: string;
  /**
   * One checksum for each point of the history at which the assistant was asked, the last for this request. Two
   * requests with one fingerprint share a point where everything up to it is the same.
   */
  readonly turns: readonly number[];
  /** No answer of the assistant stands in the history yet. */
  readonly startsConversation: boolean;
  readonly maxOutputTokens: number | null;
}
