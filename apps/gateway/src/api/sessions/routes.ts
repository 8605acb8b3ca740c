import { type Clock, GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { actorOf } from "../../auth/actor-of.js";
import { assertMaySeePrompts, maySeePrompts } from "../../auth/prompt-access.js";
import { encodeNullableTime } from "../../http/encode-time.js";
import { decodeRequestFilter } from "../requests/decode.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { writeExport } from "../route/write-export.js";
import { continueSession } from "./continue-session.js";
import { encodeRecordedRequest, encodeSession } from "./encode.js";
import { encodeTurn } from "./encode-turn.js";
import { exportCsv, exportJsonl } from "./export-lines.js";
import * as operations from "./operations.js";

export type SessionRouteProvider = Pick<Provider, "requests" | "sessions" | "settings" | "titles" | "turns">;

/** What users said is not for a browser to keep. */
const keepNothing = ["cache-control", "no-store"] as const;

/** Recorded conversations: list, open, read by turns, export, delete, continue. */
export function addSessionRoutes(
  app: AdminApp,
  route: RouteFactory,
  provider: SessionRouteProvider,
  clock: Clock,
): void {
  const { sessions, settings } = provider;
  app.openapi(route(operations.exportSessions), async (context) => {
    const { format, ...filter } = context.req.valid("query");
    if (filter.text !== undefined) assertMaySeePrompts(context, settings);
    const records = sessions.export(decodeRequestFilter(filter));
    const lines = format === "csv" ? exportCsv(records) : exportJsonl(records, maySeePrompts(context, settings));
    await writeExport(context, { name: "sessions", nowMs: clock.nowMs(), format, lines });
    return RESPONSE_ALREADY_SENT;
  });

  addSessionReading(app, route, provider);

  app.openapi(route(operations.deleteSessions), async (context) => {
    const deleted = await sessions.remove(actorOf(context), context.req.valid("json").ids);
    return context.json({ deleted }, 200);
  });

  app.openapi(route(operations.deleteSession), async (context) => {
    const removed = await sessions.remove(actorOf(context), [context.req.valid("param").id]);
    if (removed === 0) throw new GatewayError("not_found", "There is no recorded session with this id.");
    return context.body(null, 204);
  });

  app.openapi(route(operations.continueSession), async (context) => {
    const { id } = context.req.valid("param");
    await continueSession(context, sessions, id, context.req.valid("json").message);
    return RESPONSE_ALREADY_SENT;
  });
}

function addSessionReading(app: AdminApp, route: RouteFactory, provider: SessionRouteProvider): void {
  const { requests, sessions, settings, titles, turns } = provider;

  app.openapi(route(operations.listSessions), async (context) => {
    const { limit, cursor, ...query } = context.req.valid("query");
    if (query.text !== undefined) assertMaySeePrompts(context, settings);
    const seesPrompts = maySeePrompts(context, settings);
    const filter = decodeRequestFilter(query);
    const page = await sessions.list({ ...filter, limit, ...(cursor === undefined ? {} : { cursor }) });
    const views = page.sessions.map(async (summary) =>
      encodeSession(summary, seesPrompts ? await titles.titleOf(summary) : null),
    );
    context.header(...keepNothing);
    return context.json(
      {
        sessions: await Promise.all(views),
        next_cursor: page.nextCursor,
        searched_to: encodeNullableTime(page.searchedToMs),
      },
      200,
    );
  });

  app.openapi(route(operations.getSessionFilterOptions), async (context) => {
    const { models, keys, tokens } = await sessions.filterOptions();
    return context.json({ models: [...models], keys: [...keys], tokens: [...tokens] }, 200);
  });

  app.openapi(route(operations.getSession), async (context) => {
    const { id } = context.req.valid("param");
    const seesPrompts = maySeePrompts(context, settings);
    const omitsBodies = !seesPrompts || context.req.valid("query").bodies === "omit";
    const { summary, records } = omitsBodies ? await withoutBodies(requests, id) : await withBodies(sessions, id);
    context.header(...keepNothing);
    const session = encodeSession(summary, seesPrompts ? await titles.titleOf(summary) : null);
    return context.json({ ...session, records: records.map(encodeRecordedRequest) }, 200);
  });

  app.openapi(route(operations.listSessionTurns), async (context) => {
    assertMaySeePrompts(context, settings);
    const { limit, cursor = null } = context.req.valid("query");
    const page = await turns.page(context.req.valid("param").id, { limit, cursor });
    context.header(...keepNothing);
    return context.json({ turns: page.turns.map(encodeTurn), next_cursor: page.nextCursor }, 200);
  });
}

async function withBodies(sessions: SessionRouteProvider["sessions"], id: string) {
  const { summary, requests } = await sessions.find(id);
  return { summary, records: requests };
}

async function withoutBodies(requests: SessionRouteProvider["requests"], id: string) {
  const { summary, records } = await requests.ofSession(id);
  return { summary, records: records.map((record) => ({ record, bodies: null })) };
}
