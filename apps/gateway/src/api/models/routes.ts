import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeModelOverviews } from "./encode.js";
import { listModelOverviews } from "./operations.js";

/** The pool's models, for the console. */
export function addModelOverviewRoutes(app: AdminApp, route: RouteFactory, provider: Provider): void {
  app.openapi(route(listModelOverviews), (context) =>
    context.json(encodeModelOverviews(provider.modelOverviews()), 200),
  );
}
