import { maySeePrompts } from "../../auth/prompt-access.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { findHits, type SearchProvider } from "./find-hits.js";
import { search } from "./operations.js";

/** For whoever has a name or an id and wants the page. */
export function addSearchRoutes(app: AdminApp, route: RouteFactory, provider: SearchProvider): void {
  app.openapi(route(search), async (context) => {
    const seesPrompts = maySeePrompts(context, provider.settings);
    const hits = await findHits(provider, context.req.valid("query").q, seesPrompts);
    return context.json({ hits: [...hits] }, 200);
  });
}
