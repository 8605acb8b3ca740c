import { idParam } from "../route/fields.js";
import { json, operation } from "../route/operation.js";
import { sessionTurnQuery } from "../sessions/turn-schemas.js";
import * as examples from "./examples.js";
import { ownKey, ownSessionPage, ownSessionQuery, ownTurnPage, ownUsage, ownUsageQuery } from "./schemas.js";

export const getOwnKey = operation({
  method: "get",
  path: "/api/me",
  "x-access": "key",
  operationId: "getOwnKey",
  summary: "Get one's own key's limits and usage",
  description:
    "With a managed key, as `Authorization: Bearer` or `x-api-key`: what its holder may use, and has used. A key that is used up may still ask; a disabled or expired one may not.",
  responses: { 200: json(ownKey, "The key, without its value.", examples.ownKey) },
});

export const getOwnUsage = operation({
  method: "get",
  path: "/api/me/usage",
  "x-access": "key",
  operationId: "getOwnUsage",
  summary: "Get what one's own key has used",
  description: "With a managed key: what its requests come to over the last days, by day and by model.",
  request: { query: ownUsageQuery },
  responses: { 200: json(ownUsage, "The sums, every day of the span among them.", examples.ownUsage) },
});

export const listOwnSessions = operation({
  method: "get",
  path: "/api/me/sessions",
  "x-access": "key",
  operationId: "listOwnSessions",
  summary: "List one's own key's sessions",
  description:
    "With a managed key: the conversations recorded of it, the latest first, where the setting `holders_see_sessions` allows it.",
  request: { query: ownSessionQuery },
  responses: { 200: json(ownSessionPage, "One page; `next_cursor` is null on the last one.", examples.ownSessionPage) },
  "x-errors": ["permission_denied"],
});

export const listOwnSessionTurns = operation({
  method: "get",
  path: "/api/me/sessions/{id}/turns",
  "x-access": "key",
  operationId: "listOwnSessionTurns",
  summary: "List the turns of one's own key's session",
  description:
    "With a managed key: what was said in a conversation recorded of it, as `/api/sessions/{id}/turns` tells it, where the setting `holders_see_sessions` allows it. Of a conversation that others went on with, only the key's own requests; a session without any is not found.",
  request: { ...idParam, query: sessionTurnQuery },
  responses: { 200: json(ownTurnPage, "One page; `next_cursor` is null on the last one.", examples.ownTurnPage) },
  "x-errors": ["permission_denied"],
});
