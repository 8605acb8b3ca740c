import { encodeOpenaiModel } from "@copilot-llm/protocols";
import type { Provider } from "@copilot-llm/provider";
import type { ModelOverviewList } from "../admin-api/index.js";
import { modelOverviewList } from "../admin-api/model-schemas.js";
import { type AdminApp, json, type RouteFactory } from "./admin-router.js";

/** Every model of the pool with its price, its limits, its names and the tokens that have it. */
export function addModelOverviewRoutes(app: AdminApp, route: RouteFactory, provider: Provider): void {
  app.openapi(
    route("user", {
      method: "get",
      path: "/api/models",
      responses: { 200: json(modelOverviewList, "Every model that a token of the pool has") },
    }),
    (context) => context.json(encodeModels(provider), 200),
  );
}

/** As the data routes tell a model, and what only admins are told. The schema drops what is OpenAI's framing. */
function encodeModels(provider: Provider): ModelOverviewList {
  return modelOverviewList.parse({
    models: provider.modelOverviews().map(({ model, tokens, aliases, fallbacks }) => ({
      ...encodeOpenaiModel(model),
      vendor: model.vendor,
      preview: model.preview,
      aliases,
      fallbacks,
      tokens,
    })),
  });
}
