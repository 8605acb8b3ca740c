import { GatewayError, type JsonObject } from "@copilot-llm/model";
import {
  encodeAnthropicModel,
  encodeAnthropicModelList,
  encodeOpenaiModel,
  encodeOpenaiModelList,
  type ModelPage,
} from "@copilot-llm/protocols";
import { keyOf, type Provider, principalName } from "@copilot-llm/provider";
import type { Hono } from "hono";
import { authenticate } from "../auth/credential.js";
import { answerPreflight, setCorsHeaders } from "../http/cors.js";
import type { GatewayContext, GatewayEnv } from "../http/request-context.js";
import { modelPaths, protocolOfPath, withTrailingSlash } from "./data-paths.js";

const defaultPageSize = 20;
const maxPageSize = 1_000;

export interface ModelRouteOptions {
  readonly provider: Provider;
  readonly corsOrigins: "*" | readonly string[];
}

/** The model lists, in OpenAI's shape or, by path or `anthropic-version`, in Anthropic's. */
export function addModelRoutes(app: Hono<GatewayEnv>, { provider, corsOrigins }: ModelRouteOptions): void {
  const answer = async (
    context: GatewayContext,
    read: (anthropic: boolean) => Promise<JsonObject>,
  ): Promise<Response> => {
    setCorsHeaders(context, corsOrigins);
    // Which models there are, and in which shape, depends on who asks and how.
    context.header("cache-control", "no-store");
    const anthropic =
      protocolOfPath(context.req.path, context.req.header("anthropic-version")) === "anthropic-messages";
    if (anthropic) context.header("request-id", context.get("exchange").requestId);
    return context.json(await read(anthropic));
  };
  const keyFor = async (context: GatewayContext) => {
    const principal = await authenticate(context.req, context.get("exchange").logEntry, provider);
    context.get("exchange").logEntry.add({ key: principalName(principal) });
    return keyOf(principal);
  };

  for (const path of modelPaths) {
    app.on("OPTIONS", withTrailingSlash(path), (context) => answerPreflight(context, corsOrigins));
    app.options(`${path}/:id{.+}`, (context) => answerPreflight(context, corsOrigins));
    app.on("GET", withTrailingSlash(path), (context) =>
      answer(context, async (anthropic) => {
        const models = provider.listModels(await keyFor(context));
        return anthropic ? encodeAnthropicModelList(models, parsePage(context, models)) : encodeOpenaiModelList(models);
      }),
    );
    app.get(`${path}/:id{.+}`, (context) =>
      answer(context, async (anthropic) => {
        const key = await keyFor(context);
        const asked = (context.req.param("id") ?? "").replace(/\/$/, "");
        const model = provider.findModel(asked, key);
        if (model === null)
          throw new GatewayError("model_not_found", `There is no model \`${asked}\` here.`, { param: "model" });
        return anthropic ? encodeAnthropicModel(model) : encodeOpenaiModel(model);
      }),
    );
  }
}

function parsePage(context: GatewayContext, models: readonly { readonly id: string }[]): ModelPage {
  const text = context.req.query("limit");
  const limit = text === undefined ? defaultPageSize : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPageSize) {
    throw new GatewayError("invalid_request", `\`limit\` must be a whole number from 1 to ${maxPageSize}.`, {
      param: "limit",
    });
  }
  const cursorIn = (param: "after_id" | "before_id"): string | null => {
    const id = context.req.query(param);
    if (id === undefined) return null;
    if (models.some((model) => model.id === id)) return id;
    // As the first page, it would be taken for one that follows, again and again.
    throw new GatewayError("invalid_request", `\`${param}\`: there is no model \`${id}\` here.`, { param });
  };
  return { limit, afterId: cursorIn("after_id"), beforeId: cursorIn("before_id") };
}
