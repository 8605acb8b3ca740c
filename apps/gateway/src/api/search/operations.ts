import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { searchQuery, searchResult } from "./schemas.js";

export const search = operation({
  method: "get",
  path: "/api/search",
  "x-access": "user",
  operationId: "search",
  summary: "Find something by its name or id",
  description:
    "Finds a request or a session by its id, and keys, tokens and models by part of their names. What was said in sessions is searched with `GET /api/sessions?text=`.",
  request: { query: searchQuery },
  responses: {
    200: json(searchResult, "What was found: ids first, then at most five of each kind.", examples.searchResult),
  },
});
