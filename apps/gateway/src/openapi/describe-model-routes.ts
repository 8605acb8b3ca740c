import type { Protocol } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import type { AdminApp } from "../api/route/admin-app.js";
import { modelPaths } from "../data/data-paths.js";
import { dataErrors, modelListErrors } from "./data-errors.js";
import * as examples from "./data-examples.js";
import { keySecurity, tagOf } from "./data-route-parts.js";
import * as schemas from "./data-schemas.js";
import type { DescribedOperation } from "./described-operation.js";

/** Puts the models' lists into the API document. */
export function describeModelRoutes(app: AdminApp): void {
  for (const operation of modelPaths.flatMap(describeModelPath)) app.openAPIRegistry.registerPath(operation);
}

function describeModelPath(path: string): readonly DescribedOperation[] {
  const { name, shape, protocol, model, example, list } = modelApiOf(path);
  const common = { method: "get" as const, tags: [tagOf(path)], security: keySecurity, "x-access": "key" as const };
  return [
    {
      ...common,
      path,
      operationId: `list${name}Models`,
      summary: "List the models",
      description: `Lists the models that the caller's key may use, in ${shape}.`,
      responses: {
        200: {
          description: "The models.",
          content: { "application/json": { schema: z.looseObject({ data: z.array(model) }), example: list } },
        },
        ...dataErrors(protocol, modelListErrors),
      },
    },
    {
      ...common,
      path: `${path}/{id}`,
      operationId: `get${name}Model`,
      summary: "Get a model",
      description: `Gets one model by its id, an alias or another spelling, in ${shape}.`,
      request: { params: z.object({ id: z.string() }) },
      responses: {
        200: { description: "The model.", content: { "application/json": { schema: model, example } } },
        ...dataErrors(protocol, ["unauthenticated", "permission_denied", "model_not_found"]),
      },
    },
  ];
}

interface ModelApi {
  readonly name: string;
  readonly shape: string;
  /** Whose errors it shows. */
  readonly protocol: Protocol;
  readonly model: z.ZodType;
  readonly example: object;
  readonly list: object;
}

function modelApiOf(path: string): ModelApi {
  const openai = {
    protocol: "openai-chat" as const,
    model: schemas.openaiModel,
    example: examples.openaiModel,
    list: examples.openaiModelList,
  };
  if (path.startsWith("/openai/")) return { ...openai, name: "Openai", shape: "OpenAI's shape" };
  if (path.startsWith("/anthropic/")) {
    return {
      name: "Anthropic",
      shape: "Anthropic's shape",
      protocol: "anthropic-messages",
      model: schemas.anthropicModel,
      example: examples.anthropicModel,
      list: examples.anthropicModelList,
    };
  }
  const shape = "OpenAI's shape, or in Anthropic's where `anthropic-version` is sent";
  return { ...openai, name: "", shape, model: z.union([schemas.openaiModel, schemas.anthropicModel]) };
}
