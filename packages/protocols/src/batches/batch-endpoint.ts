import type { BatchApi, Operation, Protocol } from "@copilot-llm/model";

/** What the items of a batch ask for. */
export interface BatchEndpoint {
  readonly api: BatchApi;
  /** As the lines of a batch's file and the batch itself name it. */
  readonly url: string;
  readonly protocol: Protocol;
  readonly operation: Operation;
}

/** What OpenAI's batches may ask for here. */
export const openaiBatchEndpoints: readonly BatchEndpoint[] = [
  { api: "openai", url: "/v1/chat/completions", protocol: "openai-chat", operation: "generate" },
  { api: "openai", url: "/v1/responses", protocol: "openai-responses", operation: "generate" },
  { api: "openai", url: "/v1/embeddings", protocol: "openai-embeddings", operation: "embed" },
];

/** What Anthropic's message batches ask for. */
export const messageBatchEndpoint: BatchEndpoint = {
  api: "anthropic",
  url: "/v1/messages",
  protocol: "anthropic-messages",
  operation: "generate",
};
