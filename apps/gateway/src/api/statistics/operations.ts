import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { countsQuery, requestCounts, sparklines, sparklinesQuery, stats, statsQuery } from "./schemas.js";

export const getStatistics = operation({
  method: "get",
  path: "/api/stats",
  "x-access": "user",
  operationId: "getStatistics",
  summary: "Get sums over requests",
  description:
    "Sums the requests that began between `from` and `to`, in rows by model, key, token, error code or time, or by two of them. Without a range it takes the last 30 days.",
  request: { query: statsQuery },
  responses: { 200: json(stats, "The totals, and a row for each group.", examples.stats) },
});

export const getSparklines = operation({
  method: "get",
  path: "/api/stats/sparklines",
  "x-access": "user",
  operationId: "getSparklines",
  summary: "Get how many requests came lately",
  description:
    "Counts requests and failures of many models, keys or tokens, by the day or, up to two days, by the hour. What is asked for by its id is there also without requests.",
  request: { query: sparklinesQuery },
  responses: { 200: json(sparklines, "A row for each, all of the same times.", examples.sparklines) },
});

export const getRequestCounts = operation({
  method: "get",
  path: "/api/stats/counts",
  "x-access": "user",
  operationId: "getRequestCounts",
  summary: "Count the requests behind each filter",
  description:
    "Counts the requests that began between `from` and `to` by each value that they can be narrowed to, whatever other filters there are. What had none is left out. Without a range it takes the last 30 days.",
  request: { query: countsQuery },
  responses: { 200: json(requestCounts, "How many there were, by filter and value.", examples.requestCounts) },
});
