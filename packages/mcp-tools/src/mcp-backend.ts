import type { ChatAnswer, ChatRequest } from "./chat/chat-request.js";
import type { Model } from "./models/model-schema.js";
import type { Quota } from "./quota/quota-schema.js";

export interface ChatOptions {
  /** Called with each piece of the answer's text as it comes, in order. */
  readonly onText: (text: string) => void;
  /** Aborts the upstream request too. */
  readonly signal: AbortSignal;
}

/** Where the tools get their answers. Every method throws `GatewayError`, whose message is fit for the client. */
export interface McpBackend {
  chat(request: ChatRequest, options: ChatOptions): Promise<ChatAnswer>;
  /** The models that the caller may use, by id. */
  listModels(signal: AbortSignal): Promise<readonly Model[]>;
  quota(signal: AbortSignal): Promise<Quota>;
}
