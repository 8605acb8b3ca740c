import type { Protocol } from "@copilot-llm/model";
import { type RouteConfig, z } from "@hono/zod-openapi";
import type { AdminApp } from "../admin/admin-router.js";
import { type DataPath, dataPaths, modelPaths } from "../data/data-paths.js";
import * as schemas from "./data-schemas.js";

/** Any of these: a managed key in either header, the legacy key, or a console session. */
const keySecurity = [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }];
const noSecurity: never[] = [];
const requestHeaders = z.object({
  "x-github-token-id": z.string().optional().openapi({ description: "Only this token of the pool may serve." }),
});

type DescribedRoute = RouteConfig & { readonly "x-access": "key" | "public" };

interface Exchange {
  readonly summary: string;
  readonly request: z.ZodType;
  readonly response: z.ZodType;
  readonly streams: boolean;
}

const exchanges: Readonly<Record<Protocol | "count_tokens", Exchange>> = {
  "openai-chat": {
    summary: "Chat completion",
    request: schemas.chatCompletionRequest,
    response: schemas.chatCompletion,
    streams: true,
  },
  "openai-responses": {
    summary: "Response",
    request: schemas.responseRequest,
    response: schemas.responseObject,
    streams: true,
  },
  "openai-embeddings": {
    summary: "Embeddings",
    request: schemas.embeddingRequest,
    response: schemas.embeddingList,
    streams: false,
  },
  "anthropic-messages": {
    summary: "Message",
    request: schemas.messageRequest,
    response: schemas.message,
    streams: true,
  },
  count_tokens: {
    summary: "Count a message's tokens",
    request: schemas.countTokensRequest,
    response: schemas.tokenCountResult,
    streams: false,
  },
};

/** Puts the routes that Hono serves without schemas into the API document. */
export function describeDataRoutes(app: AdminApp): void {
  const describe = (route: DescribedRoute): void => app.openAPIRegistry.registerPath(route);

  for (const route of dataPaths) describe(dataRoute(route));
  for (const path of modelPaths) {
    const isAnthropic = path.startsWith("/anthropic/");
    const model = isAnthropic ? schemas.anthropicModel : schemas.openaiModel;
    const common = { method: "get" as const, tags: [tagOf(path)], security: keySecurity, "x-access": "key" as const };
    const list = z.looseObject({ data: z.array(model) });
    describe({
      ...common,
      path,
      summary: "Models",
      responses: answers(list, "The models the key may use", isAnthropic),
    });
    describe({
      ...common,
      path: `${path}/{id}`,
      summary: "One model",
      request: { params: z.object({ id: z.string() }) },
      responses: answers(model, "The model, by any of its names", isAnthropic),
    });
  }
  for (const method of ["post", "delete"] as const) {
    describe({
      method,
      path: "/mcp",
      tags: ["MCP"],
      summary: method === "post" ? "MCP over Streamable HTTP" : "End an MCP session",
      security: keySecurity,
      "x-access": "key",
      responses: { 200: { description: "As the Model Context Protocol says" } },
    });
  }
  const probe = { method: "get" as const, tags: ["Operation"], security: noSecurity, "x-access": "public" as const };
  describe({ ...probe, path: "/health", summary: "The process lives", responses: { 200: { description: "It does" } } });
  describe({
    ...probe,
    path: "/ready",
    summary: "Whether a token can serve",
    responses: { 200: { description: "One can" }, 503: { description: "None can, and why" } },
  });
}

function dataRoute({ path, protocol, operation }: DataPath): DescribedRoute {
  const exchange = exchanges[operation === "count_tokens" ? operation : protocol];
  return {
    method: "post",
    path,
    tags: [tagOf(path)],
    summary: exchange.summary,
    security: keySecurity,
    "x-access": "key",
    request: {
      headers: requestHeaders,
      body: { required: true, content: { "application/json": { schema: exchange.request } } },
    },
    responses: answers(
      exchange.response,
      "The answer",
      protocol === "anthropic-messages",
      exchange.streams ? { "text/event-stream": { schema: z.string() } } : {},
    ),
  };
}

function answers(schema: z.ZodType, description: string, isAnthropic: boolean, more: object = {}) {
  const error = isAnthropic ? schemas.anthropicError : schemas.openaiError;
  return {
    200: { description, content: { "application/json": { schema }, ...more } },
    default: {
      description: "What went wrong, in this API's own shape",
      content: { "application/json": { schema: error } },
    },
  };
}

function tagOf(path: string): string {
  if (path.startsWith("/openai/")) return "OpenAI API";
  return path.startsWith("/anthropic/") ? "Anthropic API" : "Aliases";
}
