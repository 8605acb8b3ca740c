import { json, operation } from "../route/operation.js";
import { stats, statsQuery } from "./schemas.js";

export const getStatistics = operation({
  method: "get",
  path: "/api/stats",
  "x-access": "user",
  operationId: "getStatistics",
  summary: "Get sums over requests",
  description:
    "Sums the requests that began between `from` and `to`, in rows by model, key, token, day or hour (UTC). Without a range it takes the last 30 days.",
  request: { query: statsQuery },
  responses: { 200: json(stats, "The totals, and a row for each group.") },
});
