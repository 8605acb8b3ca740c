import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { findHits, type SearchProvider } from "./find-hits.js";
import { search } from "./operations.js";

/** For whoever has a name or an id and wants the page. */
export function addSearchRoutes(app: AdminApp, route: RouteFactory, provider: SearchProvider): void {
  app.openapi(route(search), async (context) => {
    const hits = await findHits(provider, context.req.valid("query").q);
    return context.json({ hits: [...hits] }, 200);
  });
}
