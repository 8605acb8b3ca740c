import type { Protocol } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import type { AdminApp } from "../api/route/admin-app.js";
import { type DataPath, dataPaths } from "../data/data-paths.js";
import { idPattern } from "../http/id-header.js";
import { bodyErrors, dataErrors, modelRequestErrors } from "./data-errors.js";
import * as examples from "./data-examples.js";
import { keySecurity, tagOf } from "./data-route-parts.js";
import * as schemas from "./data-schemas.js";
import type { DescribedOperation } from "./described-operation.js";

const requestHeaders = z.object({
  "x-github-token-id": z
    .string()
    .regex(idPattern)
    .optional()
    .openapi({ description: "Only this token of the pool may serve." }),
  "x-copilot-llm-key-id": z
    .string()
    .regex(idPattern)
    .optional()
    .openapi({ description: "With an admin's console session: the API key to act as, whose limits then hold." }),
});

interface Exchange {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly request: z.ZodType;
  readonly response: z.ZodType;
  readonly answer: string;
  readonly requestExample: object;
  readonly responseExample: object;
  /** What comes of a stream; null: the operation has none. */
  readonly streamExample: string | null;
}

const streamed = "With `stream: true` the answer comes as server-sent events.";

const exchanges: Readonly<Record<Protocol | "count_tokens", Exchange>> = {
  "openai-chat": {
    operationId: "createChatCompletion",
    summary: "Create a chat completion",
    description: `OpenAI's Chat Completions API, with any model of the pool. ${streamed}`,
    request: schemas.chatCompletionRequest,
    response: schemas.chatCompletion,
    answer: "The completion, or a stream of its chunks.",
    requestExample: examples.chatCompletionRequest,
    responseExample: examples.chatCompletion,
    streamExample: examples.chatStream,
  },
  "openai-responses": {
    operationId: "createResponse",
    summary: "Create a response",
    description: `OpenAI's Responses API, with any model of the pool. ${streamed}`,
    request: schemas.responseRequest,
    response: schemas.responseObject,
    answer: "The response, or a stream of its events.",
    requestExample: examples.responseRequest,
    responseExample: examples.responseObject,
    streamExample: examples.responseStream,
  },
  "openai-embeddings": {
    operationId: "createEmbeddings",
    summary: "Create embeddings",
    description: "OpenAI's Embeddings API, with the embedding models of the pool.",
    request: schemas.embeddingRequest,
    response: schemas.embeddingList,
    answer: "One embedding for each input.",
    requestExample: examples.embeddingRequest,
    responseExample: examples.embeddingList,
    streamExample: null,
  },
  "anthropic-messages": {
    operationId: "createMessage",
    summary: "Create a message",
    description: `Anthropic's Messages API, with any model of the pool. ${streamed}`,
    request: schemas.messageRequest,
    response: schemas.message,
    answer: "The message, or a stream of its events.",
    requestExample: examples.messageRequest,
    responseExample: examples.message,
    streamExample: examples.messageStream,
  },
  count_tokens: {
    operationId: "countMessageTokens",
    summary: "Count a message's tokens",
    description: "Counts the input tokens of a request to the Messages API without sending it to a model.",
    request: schemas.countTokensRequest,
    response: schemas.tokenCountResult,
    answer: "The number of input tokens.",
    requestExample: examples.countTokensRequest,
    responseExample: examples.tokenCountResult,
    streamExample: null,
  },
};

/** Puts the routes that models answer, which Hono serves without schemas, into the API document. */
export function describeDataRoutes(app: AdminApp): void {
  for (const path of dataPaths) app.openAPIRegistry.registerPath(describeDataPath(path));
}

function describeDataPath({ path, protocol, operation }: DataPath): DescribedOperation {
  const exchange = exchanges[operation === "count_tokens" ? operation : protocol];
  const { operationId, summary, description, request, response, answer, streamExample } = exchange;
  const isAlias = path.startsWith("/v1/");
  const json = { schema: response, example: exchange.responseExample };
  const stream = streamExample === null ? {} : { "text/event-stream": { schema: z.string(), example: streamExample } };
  return {
    method: "post",
    path,
    tags: [tagOf(path)],
    operationId: isAlias ? `${operationId}Alias` : operationId,
    summary: isAlias ? `${summary} (alias)` : summary,
    description,
    security: keySecurity,
    "x-access": "key",
    request: {
      headers: requestHeaders,
      body: {
        required: true,
        content: { "application/json": { schema: request, example: exchange.requestExample } },
      },
    },
    responses: {
      200: { description: answer, content: { "application/json": json, ...stream } },
      ...dataErrors(protocol, operation === "count_tokens" ? bodyErrors : modelRequestErrors),
    },
  };
}
