import type { Provider } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeBatch, encodeBatchItem, encodeBatchRunner } from "./encode.js";
import { cancelBatch, listBatches, listBatchItems } from "./operations.js";

const endedStates = ["succeeded", "errored", "cancelled", "expired"] as const;

/** Everybody's batches. */
export function addBatchAdminRoutes(app: AdminApp, route: RouteFactory, { batches }: Pick<Provider, "batches">): void {
  app.openapi(route(listBatches), async (context) => {
    const { limit, cursor } = context.req.valid("query");
    const found = await batches.admin.list({ limit: limit + 1, ...(cursor === undefined ? {} : { afterId: cursor }) });
    const page = found.slice(0, limit);
    const nextCursor = found.length > limit ? (page.at(-1)?.id ?? null) : null;
    return context.json(
      { batches: page.map(encodeBatch), next_cursor: nextCursor, runner: encodeBatchRunner(batches.readRunner()) },
      200,
    );
  });

  app.openapi(route(listBatchItems), async (context) => {
    const { state, limit, cursor = null } = context.req.valid("query");
    const states = state === undefined ? endedStates : [state];
    const query = { states, afterIndex: cursor, limit: limit + 1 };
    const found = await batches.admin.items(context.req.valid("param").id, query);
    const page = found.slice(0, limit);
    const nextCursor = found.length > limit ? (page.at(-1)?.index ?? null) : null;
    return context.json({ items: page.map(encodeBatchItem), next_cursor: nextCursor }, 200);
  });

  app.openapi(route(cancelBatch), async (context) => {
    const { id } = context.req.valid("param");
    return context.json(encodeBatch(await batches.admin.cancel(actorOf(context), id)), 200);
  });
}
