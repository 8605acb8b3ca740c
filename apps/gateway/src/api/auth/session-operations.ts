import { idParam } from "../route/fields.js";
import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { endedSessions, sessionListQuery, signInSessionList } from "./schemas.js";

const root = "/api/auth/sessions";

export const listSignIns = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listSignIns",
  summary: "List who is signed in",
  description:
    "Lists the caller's own console sessions, the latest seen first; for an admin with `scope=all` those of everyone. A session ends after a day without use, after a week, and when it is ended.",
  request: { query: sessionListQuery },
  responses: { 200: json(signInSessionList, "The sessions that have not ended.", examples.signInSessionList) },
  "x-errors": ["permission_denied"],
});

export const endSignIn = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "user",
  operationId: "endSignIn",
  summary: "End a console session",
  description: "Signs out one of the caller's own sessions; an admin ends anybody's.",
  request: idParam,
  responses: { 204: { description: "The session has ended." } },
});

export const endOtherSignIns = operation({
  method: "delete",
  path: root,
  "x-access": "user",
  operationId: "endOtherSignIns",
  summary: "End one's other console sessions",
  description: "Signs the caller out everywhere but here.",
  responses: { 200: json(endedSessions, "How many sessions were ended.", examples.endedSessions) },
});
