import { GatewayError } from "@copilot-llm/model";
import type { SessionAdmin } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { HangUp } from "../../http/hang-up.js";
import type { GatewayContext } from "../../http/request-context.js";
import { serveLogFields } from "../../http/serve-log-fields.js";
import { writeAnswer } from "../../http/write-answer.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeSessionFilter } from "./decode.js";
import { encodeRecordedRequest, encodeSession } from "./encode.js";
import * as operations from "./operations.js";
import { writeExport } from "./write-export.js";

/** Recorded conversations: list, open, export, delete, continue. */
export function addSessionRoutes(app: AdminApp, route: RouteFactory, sessions: SessionAdmin): void {
  app.openapi(route(operations.listSessions), async (context) => {
    const { limit, cursor, ...query } = context.req.valid("query");
    const filter = decodeSessionFilter(query);
    const page = await sessions.list({ ...filter, limit, ...(cursor === undefined ? {} : { cursor }) });
    return context.json({ sessions: page.sessions.map(encodeSession), next_cursor: page.nextCursor }, 200);
  });

  app.openapi(route(operations.getSessionFilterOptions), async (context) => {
    const { models, keys, tokens } = await sessions.filterOptions();
    return context.json({ models: [...models], keys: [...keys], tokens: [...tokens] }, 200);
  });

  app.openapi(route(operations.exportSessions), async (context) => {
    const { format, ...filter } = context.req.valid("query");
    await writeExport(context, format, sessions.export(decodeSessionFilter(filter)));
    return RESPONSE_ALREADY_SENT;
  });

  app.openapi(route(operations.deleteSessions), async (context) => {
    const deleted = await sessions.remove(context.get("user").username, context.req.valid("json").ids);
    return context.json({ deleted }, 200);
  });

  app.openapi(route(operations.getSession), async (context) => {
    const { summary, requests } = await sessions.find(context.req.valid("param").id);
    return context.json({ ...encodeSession(summary), records: requests.map(encodeRecordedRequest) }, 200);
  });

  app.openapi(route(operations.deleteSession), async (context) => {
    const removed = await sessions.remove(context.get("user").username, [context.req.valid("param").id]);
    if (removed === 0) throw new GatewayError("not_found", "There is no recorded session with this id.");
    return context.body(null, 204);
  });

  app.openapi(route(operations.continueSession), async (context) => {
    const { id } = context.req.valid("param");
    await continueSession(context, sessions, id, context.req.valid("json").message);
    return RESPONSE_ALREADY_SENT;
  });
}

async function continueSession(context: GatewayContext, sessions: SessionAdmin, id: string, message: string) {
  const { incoming, outgoing } = context.env;
  const answer = await sessions.continue(id, {
    requestId: context.get("requestId"),
    user: context.get("user"),
    message,
    clientIp: context.get("clientIp"),
    userAgent: incoming.headers["user-agent"] ?? null,
    signal: HangUp.of(outgoing),
  });
  context.get("logEntry").addAtEnd(() => serveLogFields(answer));
  const headers = [answer.headers, { "x-request-id": context.get("requestId") }];
  writeAnswer(outgoing, answer.status, headers, answer.body);
}
