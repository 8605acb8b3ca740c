import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeModelOverviews, encodeModelResolution } from "./encode.js";
import { listModelOverviews, resolveModelName } from "./operations.js";

export type ModelRouteProvider = Pick<Provider, "modelOverviews" | "resolveModel">;

/** The pool's models, for the console. */
export function addModelOverviewRoutes(app: AdminApp, route: RouteFactory, provider: ModelRouteProvider): void {
  app.openapi(route(listModelOverviews), (context) =>
    context.json(encodeModelOverviews(provider.modelOverviews()), 200),
  );

  app.openapi(route(resolveModelName), (context) => {
    const { name } = context.req.valid("query");
    return context.json(encodeModelResolution(name, provider.resolveModel(name)), 200);
  });
}
