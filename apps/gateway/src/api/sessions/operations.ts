import { exportContent } from "../route/export-format.js";
import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import {
  batchDeleteBody,
  batchDeleteResult,
  continueBody,
  sessionDetail,
  sessionDetailQuery,
  sessionExportQuery,
  sessionFilterOptions,
  sessionPage,
  sessionQuery,
} from "./schemas.js";
import { sessionTurnPage, sessionTurnQuery } from "./turn-schemas.js";

const root = "/api/sessions";

export const listSessions = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listSessions",
  summary: "List recorded sessions",
  description:
    "Lists conversations with a request that matches every filter, the latest first, a page at a time. A page may be short although more follow: read on while `next_cursor` is not null.",
  request: { query: sessionQuery },
  responses: { 200: json(sessionPage, "One page; `next_cursor` is null on the last one.", examples.sessionPage) },
  "x-errors": ["permission_denied"],
});

export const getSessionFilterOptions = operation({
  method: "get",
  path: `${root}/filter-options`,
  "x-access": "user",
  operationId: "getSessionFilterOptions",
  summary: "Get what sessions can be filtered by",
  description: "Gets the models, keys and tokens that occur in recorded requests.",
  responses: {
    200: json(
      sessionFilterOptions,
      "The values that the filters `model`, `key` and `token` take.",
      examples.sessionFilterOptions,
    ),
  },
});

export const exportSessions = operation({
  method: "get",
  path: `${root}/export`,
  "x-access": "user",
  operationId: "exportSessions",
  summary: "Export recorded requests",
  description:
    "Streams every request that matches the filters, the oldest first: as JSON lines with bodies, or as CSV without. An answer that is cut short lacks lines.",
  request: { query: sessionExportQuery },
  responses: {
    200: {
      description: "One line for each request; CSV begins with a header line.",
      content: exportContent(examples.sessionExport),
    },
  },
  "x-errors": ["permission_denied"],
});

export const deleteSessions = operation({
  method: "post",
  path: `${root}/batch-delete`,
  "x-access": "admin",
  operationId: "deleteSessions",
  summary: "Delete many sessions",
  description: "Deletes what is recorded of the sessions. Usage and statistics stay.",
  request: jsonBody(batchDeleteBody, "The sessions' ids.", examples.batchDeleteBody),
  responses: { 200: json(batchDeleteResult, "How many of them there were.", examples.batchDeleteResult) },
});

export const getSession = operation({
  method: "get",
  path: `${root}/{id}`,
  "x-access": "user",
  operationId: "getSession",
  summary: "Get a recorded session",
  description:
    "Gets a conversation with all its requests. With `bodies=omit` it answers their facts only, which is much less of a long one.",
  request: { ...idParam, query: sessionDetailQuery },
  responses: {
    200: json(
      sessionDetail,
      "The session, with its requests in the order in which they were recorded.",
      examples.sessionDetail,
    ),
  },
});

export const listSessionTurns = operation({
  method: "get",
  path: `${root}/{id}/turns`,
  "x-access": "user",
  operationId: "listSessionTurns",
  summary: "List a session's turns",
  description:
    "Lists the session's requests in order, a page at a time, each with what it says that the one before had not and with what was answered: the conversation once, in one form for every protocol.",
  request: { ...idParam, query: sessionTurnQuery },
  responses: {
    200: json(sessionTurnPage, "One page; `next_cursor` is null on the last one.", examples.sessionTurnPage),
  },
  "x-errors": ["permission_denied"],
});

export const deleteSession = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "deleteSession",
  summary: "Delete a session",
  description: "Deletes what is recorded of the session. Usage and statistics stay.",
  request: idParam,
  responses: { 204: { description: "The session is deleted." } },
});

export const continueSession = operation({
  method: "post",
  path: `${root}/{id}/continue`,
  "x-access": "admin",
  operationId: "continueSession",
  summary: "Continue a recorded conversation",
  description:
    "Sends the user's next message in the conversation, in its own protocol and to its own model, and streams the answer. Needs a conversation that was recorded in full.",
  request: { ...idParam, ...jsonBody(continueBody, "What the user says next.", examples.continueBody) },
  responses: {
    200: {
      description: "The answer, as server-sent events of the session's own protocol.",
      content: { "text/event-stream": { schema: { type: "string" }, example: examples.continuedStream } },
    },
  },
  "x-passes-on": true,
});
