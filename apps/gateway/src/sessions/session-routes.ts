import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "@copilot-llm/model";
import type { SessionAdmin } from "@copilot-llm/provider";
import type { SessionFilter } from "@copilot-llm/stores";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { z } from "@hono/zod-openapi";
import { type AdminApp, json, jsonBody, type RouteFactory } from "../admin/admin-router.js";
import { withoutUndefined } from "../admin/without-undefined.js";
import { idParam } from "../admin-api/fields.js";
import {
  batchDeleteBody,
  batchDeleteResult,
  continueBody,
  sessionDetail,
  sessionExportQuery,
  sessionFilterOptions,
  sessionPage,
  sessionQuery,
} from "../admin-api/session-schemas.js";
import { HangUp } from "../http/hang-up.js";
import { writeAnswer } from "../http/write-answer.js";
import { encodeRecordedRequest, encodeSession } from "./encode-session.js";
import { exportCsv, exportJsonl } from "./export-lines.js";

const root = "/api/sessions";

/** Recorded conversations: list, open, export, delete, go on. */
export function addSessionRoutes(app: AdminApp, route: RouteFactory, sessions: SessionAdmin): void {
  app.openapi(
    route("user", {
      method: "get",
      path: root,
      request: { query: sessionQuery },
      responses: { 200: json(sessionPage, "The session with the latest matching request first") },
    }),
    async (context) => {
      const { limit, cursor, ...filter } = context.req.valid("query");
      const page = await sessions.list({ ...decodeFilter(filter), limit, ...(cursor === undefined ? {} : { cursor }) });
      return context.json({ sessions: page.sessions.map(encodeSession), next_cursor: page.nextCursor }, 200);
    },
  );

  app.openapi(
    route("user", {
      method: "get",
      path: `${root}/filter-options`,
      responses: { 200: json(sessionFilterOptions, "What the filters can be set to") },
    }),
    async (context) => {
      const { models, keys, tokens } = await sessions.filterOptions();
      return context.json({ models: [...models], keys: [...keys], tokens: [...tokens] }, 200);
    },
  );

  app.openapi(
    route("user", {
      method: "get",
      path: `${root}/export`,
      request: { query: sessionExportQuery },
      responses: { 200: { description: "Every matching request, oldest first: a line each" } },
    }),
    async (context) => {
      const { format, ...filter } = context.req.valid("query");
      const records = sessions.export(decodeFilter(filter));
      const { outgoing } = context.env;
      outgoing.writeHead(200, {
        "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
        "content-disposition": `attachment; filename="sessions.${format}"`,
        "x-request-id": context.get("requestId"),
      });
      // A client that leaves early is no error, and one that sees the connection cut knows that lines are missing.
      await pipeline(Readable.from(format === "csv" ? exportCsv(records) : exportJsonl(records)), outgoing).catch(
        (error: unknown) => {
          context.get("logFields").error = error;
        },
      );
      return RESPONSE_ALREADY_SENT;
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: `${root}/batch-delete`,
      request: jsonBody(batchDeleteBody, "Which sessions"),
      responses: { 200: json(batchDeleteResult, "How many there were; usage and statistics stay") },
    }),
    async (context) => {
      const deleted = await sessions.remove(context.get("user").username, context.req.valid("json").ids);
      return context.json({ deleted }, 200);
    },
  );

  app.openapi(
    route("user", {
      method: "get",
      path: `${root}/{id}`,
      request: idParam,
      responses: { 200: json(sessionDetail, "The session with its requests in order") },
    }),
    async (context) => {
      const { summary, requests } = await sessions.find(context.req.valid("param").id);
      return context.json({ ...encodeSession(summary), records: requests.map(encodeRecordedRequest) }, 200);
    },
  );

  app.openapi(
    route("admin", {
      method: "delete",
      path: `${root}/{id}`,
      request: idParam,
      responses: { 204: { description: "Forgotten; usage and statistics stay" } },
    }),
    async (context) => {
      const removed = await sessions.remove(context.get("user").username, [context.req.valid("param").id]);
      if (removed === 0) throw new GatewayError("not_found", "There is no recorded session with this id.");
      return context.body(null, 204);
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: `${root}/{id}/continue`,
      request: { ...idParam, ...jsonBody(continueBody, "What the user says next") },
      responses: { 200: { description: "The answer as a stream in the session's own protocol (SSE)" } },
    }),
    async (context) => {
      const { incoming, outgoing } = context.env;
      const hangUp = new HangUp();
      outgoing.on("close", () => hangUp.abort());
      const answer = await sessions.continue(context.req.valid("param").id, {
        requestId: context.get("requestId"),
        user: context.get("user"),
        message: context.req.valid("json").message,
        clientIp: context.get("clientIp"),
        userAgent: incoming.headers["user-agent"] ?? null,
        signal: hangUp,
      });
      const headers = [answer.headers, { "x-request-id": context.get("requestId") }];
      writeAnswer(outgoing, answer.status, headers, answer.body);
      return RESPONSE_ALREADY_SENT;
    },
  );
}

type FilterQuery = Omit<z.infer<typeof sessionExportQuery>, "format">;

function decodeFilter({ model, key, token, status, protocol, text, from, to }: FilterQuery): SessionFilter {
  return withoutUndefined({
    model,
    key,
    tokenId: token,
    outcome: status,
    protocol,
    text: text === "" ? undefined : text,
    fromMs: from === undefined ? undefined : Date.parse(from),
    toMs: to === undefined ? undefined : Date.parse(to),
  });
}
