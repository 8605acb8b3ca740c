import type { Protocol } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import type { AdminApp } from "../api/route/admin-app.js";
import { type DataPath, dataPaths, modelPaths } from "../data/data-paths.js";
import * as schemas from "./data-schemas.js";
import type { DescribedOperation } from "./described-operation.js";

/** Any of these: a managed key in either header, the legacy key, or a console session. */
const keySecurity = [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }];
const requestHeaders = z.object({
  "x-github-token-id": z.string().optional().openapi({ description: "Only this token of the pool may serve." }),
  "x-copilot-llm-key-id": z
    .string()
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
  readonly streams: boolean;
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
    streams: true,
  },
  "openai-responses": {
    operationId: "createResponse",
    summary: "Create a response",
    description: `OpenAI's Responses API, with any model of the pool. ${streamed}`,
    request: schemas.responseRequest,
    response: schemas.responseObject,
    answer: "The response, or a stream of its events.",
    streams: true,
  },
  "openai-embeddings": {
    operationId: "createEmbeddings",
    summary: "Create embeddings",
    description: "OpenAI's Embeddings API, with the embedding models of the pool.",
    request: schemas.embeddingRequest,
    response: schemas.embeddingList,
    answer: "One embedding for each input.",
    streams: false,
  },
  "anthropic-messages": {
    operationId: "createMessage",
    summary: "Create a message",
    description: `Anthropic's Messages API, with any model of the pool. ${streamed}`,
    request: schemas.messageRequest,
    response: schemas.message,
    answer: "The message, or a stream of its events.",
    streams: true,
  },
  count_tokens: {
    operationId: "countMessageTokens",
    summary: "Count a message's tokens",
    description: "Counts the input tokens of a request to the Messages API without sending it to a model.",
    request: schemas.countTokensRequest,
    response: schemas.tokenCountResult,
    answer: "The number of input tokens.",
    streams: false,
  },
};

/** Puts the data routes, which Hono serves without schemas, into the API document. */
export function describeDataRoutes(app: AdminApp): void {
  const operations = [...dataPaths.map(describeDataPath), ...modelPaths.flatMap(describeModelPath)];
  for (const operation of operations) app.openAPIRegistry.registerPath(operation);
}

function describeDataPath({ path, protocol, operation }: DataPath): DescribedOperation {
  const { operationId, summary, description, request, response, answer, streams } =
    exchanges[operation === "count_tokens" ? operation : protocol];
  const isAlias = path.startsWith("/v1/");
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
      body: { required: true, content: { "application/json": { schema: request } } },
    },
    responses: answers(
      response,
      answer,
      protocol === "anthropic-messages",
      streams ? { "text/event-stream": { schema: z.string() } } : {},
    ),
  };
}

function describeModelPath(path: string): readonly DescribedOperation[] {
  const { name, shape, isAnthropic } = modelApiOf(path);
  const model = isAnthropic ? schemas.anthropicModel : schemas.openaiModel;
  const common = { method: "get" as const, tags: [tagOf(path)], security: keySecurity, "x-access": "key" as const };
  return [
    {
      ...common,
      path,
      operationId: `list${name}Models`,
      summary: "List the models",
      description: `Lists the models that the caller's key may use, in ${shape}.`,
      responses: answers(z.looseObject({ data: z.array(model) }), "The models.", isAnthropic),
    },
    {
      ...common,
      path: `${path}/{id}`,
      operationId: `get${name}Model`,
      summary: "Get a model",
      description: `Gets one model by its id, an alias or another spelling, in ${shape}.`,
      request: { params: z.object({ id: z.string() }) },
      responses: answers(model, "The model.", isAnthropic),
    },
  ];
}

interface ModelApi {
  readonly name: string;
  readonly shape: string;
  readonly isAnthropic: boolean;
}

function modelApiOf(path: string): ModelApi {
  if (path.startsWith("/openai/")) return { name: "Openai", shape: "OpenAI's shape", isAnthropic: false };
  if (path.startsWith("/anthropic/")) return { name: "Anthropic", shape: "Anthropic's shape", isAnthropic: true };
  const shape = "OpenAI's shape, or in Anthropic's where `anthropic-version` is sent";
  return { name: "", shape, isAnthropic: false };
}

function answers(schema: z.ZodType, description: string, isAnthropic: boolean, more: object = {}) {
  const error = isAnthropic ? schemas.anthropicError : schemas.openaiError;
  return {
    200: { description, content: { "application/json": { schema }, ...more } },
    default: {
      description: "The request failed; the error has this API's own shape.",
      content: { "application/json": { schema: error } },
    },
  };
}

function tagOf(path: string): string {
  if (path.startsWith("/openai/")) return "OpenAI API";
  return path.startsWith("/anthropic/") ? "Anthropic API" : "Aliases";
}
